namespace Footfall.Server.Settings;

/// <summary>One setting: its names, what it means, what it may be, and how it gets in and out of <see cref="FootfallSettings"/>.</summary>
/// <param name="Name">As in footfall.json; <c>FOOTFALL_NAME</c> and the flag follow from it.</param>
/// <param name="Flag">The flag of the command line.</param>
/// <param name="Help">One sentence for the help.</param>
/// <param name="Rule">What a value must be, to follow "it must be".</param>
/// <param name="Apply">The settings with the value, or null when the value breaks the rule. A list setting gets all its values, others one.</param>
/// <param name="Show">The effective value for a person.</param>
public sealed record SettingDefinition(
    string Name,
    string Flag,
    string Help,
    string Rule,
    Func<FootfallSettings, IReadOnlyList<string>, FootfallSettings?> Apply,
    Func<FootfallSettings, string> Show)
{
    public bool IsList { get; init; }

    public bool IsSecret { get; init; }

    public string Variable => "FOOTFALL_" + Name.ToUpperInvariant();
}
