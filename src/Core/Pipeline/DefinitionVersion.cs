using Footfall.Core.Enrichment;

namespace Footfall.Core.Pipeline;

/// <summary>Which logic made the numbers. Moves when a step changes what it makes of a hit, or when a rules file changes.</summary>
public static class DefinitionVersion
{
    /// <summary>Raise it with every change of meaning in the steps, the visits or the metrics.</summary>
    public const int Logic = 1;

    /// <summary>The logic and the versions of all rules, such as <c>1 (channels 2026-11; agents …; geography …)</c>.</summary>
    public static string Of(EnrichmentRules rules) =>
        FormattableString.Invariant($"{Logic} (channels {rules.Sources.Version}; agents {rules.Agents.Version}; geography {rules.Geography.Version ?? "none"})");
}
