namespace Footfall.Core.Search;

/// <summary>The newest of the hits it is offered that a query wants, so many at most.</summary>
sealed class NewestHits(int limit)
{
    readonly PriorityQueue<FoundHit, HitPlace> _kept = new();

    bool IsFull => _kept.Count > limit;

    /// <summary>Whether a hit that was received then can still be among them.</summary>
    public bool Wants(long receivedAt) => !IsFull || (_kept.TryPeek(out _, out var oldest) && receivedAt >= oldest.ReceivedAt);

    public void Offer(FoundHit hit, HitQuery query)
    {
        if (!Wants(hit.ReceivedAt) || !query.Matches(hit))
            return;
        _kept.Enqueue(hit, hit.Place);
        // One more than asked for is kept: it says that there is a next page.
        if (_kept.Count > limit + 1)
            _kept.Dequeue();
    }

    public HitPage Page()
    {
        var hits = _kept.UnorderedItems.Select(item => item.Element).OrderByDescending(hit => hit.Place).DistinctBy(hit => hit.Id).ToList();
        return hits.Count > limit ? new HitPage(hits[..limit], hits[limit - 1].Place) : new HitPage(hits, null);
    }
}
