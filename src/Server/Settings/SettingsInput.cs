namespace Footfall.Server.Settings;

/// <summary>All the places that settings come from, weakest first: the configuration file, the environment, the flags.</summary>
/// <param name="ConfigFile">The file of <c>--config</c>; null looks for footfall.json in the data folder.</param>
/// <param name="Environment">Only names that begin with <c>FOOTFALL_</c> are looked at.</param>
/// <param name="Flags">Values of the flags given, by the setting's name.</param>
public sealed record SettingsInput(
    string? ConfigFile,
    IReadOnlyDictionary<string, string> Environment,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Flags);
