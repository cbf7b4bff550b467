namespace Footfall.Server.Settings;

/// <summary>The effective value of a setting, and where it came from.</summary>
/// <param name="Text">For a person; a secret is masked.</param>
/// <param name="Source">Such as <c>default</c>, <c>FOOTFALL_LISTEN</c>, <c>--listen</c> or the path of a file.</param>
public sealed record SettingValue(string Name, string Text, string Source);
