namespace Footfall.Core.Pipeline;

/// <summary>How a processor paces itself and what it may remember.</summary>
public sealed record ProcessorOptions
{
    /// <summary>About how many bytes of log make one transaction at most.</summary>
    public int BatchBytesMax { get; init; } = 16 * 1024 * 1024;

    /// <summary>
    /// How long to gather hits between transactions: the price is this much of the second to visible. DuckDB spends about ten
    /// milliseconds of a processor on a transaction before it holds its first event.
    /// </summary>
    public TimeSpan Gather { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long to wait before trying again after a failure.</summary>
    public TimeSpan Retry { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether a failure is one of disks or of the network, for which no record is suspected.</summary>
    public Func<Exception, bool> IsOfTheMachine { get; init; } = _ => false;

    /// <summary>How long a visit may have ended before its parts are merged.</summary>
    public TimeSpan MergeVisitsAfter { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How often visits are merged at most: each time, every visit that is not over yet is looked at, and that may be an hour of them.</summary>
    public TimeSpan MergeVisitsEvery { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How many events are committed between compactions, at least.</summary>
    public int CompactEvery { get; init; } = 200_000;

    public int DedupeDays { get; init; } = 30;

    public long DedupeKeysMax { get; init; } = 20_000_000;

    public int VisitorsMax { get; init; } = 500_000;

    /// <summary>Up to when visits must have ended to be merged now. It moves in steps, and while it stands still there is nothing to merge.</summary>
    /// <param name="now">Milliseconds, as what it gives.</param>
    public long MergeVisitsBefore(long now)
    {
        var before = now - (long)MergeVisitsAfter.TotalMilliseconds;
        return before - (before % (long)MergeVisitsEvery.TotalMilliseconds);
    }

    /// <summary>What each of several processors may take and remember, when one process may come to run them all.</summary>
    public ProcessorOptions SharedBy(int partitions) => this with
    {
        BatchBytesMax = Math.Max(1024 * 1024, BatchBytesMax / partitions),
        DedupeKeysMax = DedupeKeysMax / partitions,
        VisitorsMax = Math.Max(1000, VisitorsMax / partitions),
    };
}
