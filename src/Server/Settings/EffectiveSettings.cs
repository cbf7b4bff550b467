namespace Footfall.Server.Settings;

/// <summary>What a process runs with, and why.</summary>
/// <param name="Warnings">Sentences about what was found but not used.</param>
public sealed record EffectiveSettings(FootfallSettings Values, IReadOnlyList<SettingValue> Table, IReadOnlyList<string> Warnings);
