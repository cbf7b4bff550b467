namespace Footfall.Core.Pipeline;

/// <summary>What the scheduled analysis makes.</summary>
public sealed record AnalysisOptions
{
    /// <summary>Sites with at least so many events get rollups of their closed days; 0 is none.</summary>
    public required long RollupsFromEvents { get; init; }

    /// <summary>Of so many sites days are made at once; as many as the engine has sessions.</summary>
    public required int SitesAtOnce { get; init; }
}
