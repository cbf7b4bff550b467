using Footfall.Core.Enrichment;
using Footfall.Core.Warehouse;

namespace Footfall.Core.Search;

/// <summary>The warehouse's events of some records, each to be taken by the one hit that it came from.</summary>
sealed class FoundEvents
{
    readonly Dictionary<(long Offset, ulong Visitor), List<FoundEvent>> _left = [];

    public FoundEvents(IReadOnlyList<FoundEvent> events)
    {
        foreach (var row in events.OrderBy(row => row.Sequence))
        {
            if (!_left.TryGetValue((row.LogOffset, row.Visitor), out var rows))
                _left[(row.LogOffset, row.Visitor)] = rows = [];
            rows.Add(row);
        }
    }

    /// <summary>The row of a hit, in the order of the log: the first that says the same.</summary>
    public FoundEvent? TryTake(FoundHit hit, Event meant)
    {
        if (!_left.TryGetValue((hit.Position.Offset, hit.Hit.Visitor), out var rows))
            return null;
        var at = rows.FindIndex(row => row.Name == meant.Name && row.Page == meant.Page && row.OccurredAt == meant.OccurredAt);
        if (at < 0)
            return null;
        var taken = rows[at];
        rows.RemoveAt(at);
        return taken;
    }
}
