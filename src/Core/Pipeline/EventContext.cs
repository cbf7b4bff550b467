using Footfall.Core.Enrichment;
using Footfall.Core.Hits;
using Footfall.Core.Sites;

namespace Footfall.Core.Pipeline;

/// <summary>One hit on its way through the steps: what came in, and the event it becomes.</summary>
public sealed class EventContext
{
    public required Hit Hit { get; init; }

    public required HitBatch Batch { get; init; }

    public required Site Site { get; init; }

    public required Event Event { get; init; }

    /// <summary>What the payload says; filled by the first step.</summary>
    public SentEvent Sent { get; } = new();

    /// <summary>Keys of this hit that were not seen before it, with the day from which they are remembered: they are stored even when a later step drops it.</summary>
    public required List<(UInt128 Key, DateOnly Day)> NewKeys { get; init; }

    /// <summary>The hit's id when the log may hold it twice, and only then.</summary>
    public Guid? RepeatableId { get; init; }

    /// <summary>A hit before the first step.</summary>
    /// <param name="batch">The hits of the record that it came in.</param>
    /// <param name="offset">Of that record.</param>
    /// <param name="sequence">The number of the event in its partition.</param>
    public static EventContext Of(in Hit hit, HitBatch batch, Site site, long offset, long sequence, List<(UInt128 Key, DateOnly Day)> newKeys, Guid? repeatableId) => new()
    {
        Hit = hit,
        Batch = batch,
        Site = site,
        NewKeys = newKeys,
        RepeatableId = repeatableId,
        Event = new Event
        {
            Site = hit.Site,
            Sequence = sequence,
            LogOffset = offset,
            ReceivedAt = batch.ReceivedAt,
            Visitor = hit.Visitor,
            Identity = hit.Identity,
        },
    };

    /// <summary>The day of receipt, UTC: what the deduplication window counts in.</summary>
    public DateOnly ReceivedDay => DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(Batch.ReceivedAt).UtcDateTime);
}
