namespace Footfall.Drill;

/// <summary>What came of all faults of one kind.</summary>
sealed record FaultTally(string Name)
{
    public int Times { get; set; }

    public long Acknowledged { get; set; }

    public long Found { get; set; }

    public long Lost { get; set; }

    public long Twice { get; set; }

    public TimeSpan Unavailable { get; set; }

    public TimeSpan LongestUnavailable { get; set; }

    /// <summary>Why it was not done, or what went wrong; null when all is well.</summary>
    public string? Skipped { get; set; }

    public string? Failed { get; set; }
}
