namespace Footfall.Core.Search;

/// <summary>Hands the hits of many partitions over together: every request costs an index about the same, whether one hit is in it or a thousand.</summary>
/// <param name="hitsMost">A hand-over takes in more partitions while it has fewer hits.</param>
public sealed class GroupedHitSink(IHitSink sink, int hitsMost) : IHitSink
{
    const int AtOnce = 2;

    readonly Grouped<IReadOnlyList<FoundHit>, DeliveryAnswer> _grouped = new(AtOnce, hitsMost, hits => hits.Count, asked => TogetherAsync(sink, asked));

    public async ValueTask<DeliveryAnswer> DeliverAsync(IReadOnlyList<FoundHit> hits, CancellationToken cancellation) => await _grouped.AskAsync(hits, cancellation);

    /// <summary>Not to be broken off by one who stops waiting; the sink has its own time-outs.</summary>
    static async Task<IReadOnlyList<DeliveryAnswer>> TogetherAsync(IHitSink sink, IReadOnlyList<IReadOnlyList<FoundHit>> asked)
    {
        var answer = await sink.DeliverAsync(asked is [var alone] ? alone : [.. asked.SelectMany(hits => hits)], CancellationToken.None);
        return asked.Count == 1 ? [answer] : [.. asked.Select(answer.Of)];
    }
}
