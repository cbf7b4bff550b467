namespace Footfall.Core.Rollups;

/// <summary>What became of a rollup that was handed to a store.</summary>
public enum PutOutcome
{
    Stored,

    /// <summary>The day was touched, or the site dropped, by something that the rollup cannot have seen: it must be made anew.</summary>
    Outdated,
}
