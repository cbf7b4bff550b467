using System.Runtime.InteropServices;

namespace Footfall.Core.Visits;

/// <summary>
/// Which visit an event belongs to: the processor's memory of recent visits. A visit is a run of events without a gap as long as the time-out,
/// whatever order they arrive in: an event may open a visit, lengthen one at either end, or join two into one. Bounded: the visitors not seen
/// for longest are forgotten, and asked of the warehouse again when an event of theirs is old enough to matter. Not thread-safe.
/// </summary>
/// <param name="visitorsMax">How many visitors are remembered.</param>
public sealed class VisitBook(int visitorsMax)
{
    const long Day = 86_400_000;

    Dictionary<VisitorKey, Entry> _young = [];
    Dictionary<VisitorKey, Entry> _old = [];

    /// <summary>Every visit that ended at or after this time (milliseconds) is in the book.</summary>
    public long KnownSince { get; private set; } = long.MinValue;

    /// <summary>Begins with what the warehouse knows.</summary>
    /// <param name="knownSince">The visits given are all that ended at or after this time; the smallest number when they are all there are.</param>
    public void Load(IEnumerable<(VisitorKey Visitor, VisitSpan Span)> visits, long knownSince)
    {
        KnownSince = knownSince;
        foreach (var (visitor, span) in visits)
            EntryOf(visitor).Add(span);
    }

    /// <summary>Whether the book knows every visit that an event at a time could touch; otherwise they must be <see cref="Learn">learnt</see> first.</summary>
    public bool Knows(VisitorKey visitor, long time, long timeout)
    {
        var reach = visitor.SessionKey == 0 ? timeout : Day;
        return KnownSince == long.MinValue || time - reach > KnownSince
            || (Contains(visitor, out var entry) && entry.IsComplete);
    }

    /// <summary>Takes in all visits of a visitor, as the warehouse has them. What the book already knows of a visit is newer and stays.</summary>
    public void Learn(VisitorKey visitor, IEnumerable<VisitSpan> spans)
    {
        ref var entry = ref EntryOf(visitor);
        foreach (var span in spans)
        {
            if (!entry.Has(span.Visit))
                entry.Add(span);
        }
        entry.IsComplete = true;
    }

    /// <summary>Puts an event into its visit.</summary>
    /// <param name="timeout">The gap that ends a visit, milliseconds.</param>
    /// <param name="newVisit">The id to give when the event opens a visit.</param>
    public VisitAssignment Assign(VisitorKey visitor, long time, long timeout, long newVisit)
    {
        ref var entry = ref EntryOf(visitor);
        var reach = visitor.SessionKey == 0 ? timeout : long.MaxValue / 4;
        var longest = visitor.SessionKey == 0 ? Day : long.MaxValue / 4;
        var first = entry.FindTouching(time, reach, longest, from: 0);
        if (first < 0)
        {
            var opened = new VisitSpan(newVisit, time, time);
            entry.Add(opened);
            return new VisitAssignment(opened, IsNew: true, long.MaxValue, null, default);
        }
        var before = entry.Spans[first];
        var grown = before.Including(time);
        var second = entry.FindTouching(time, reach, longest, from: first + 1);
        if (second < 0 || before.Contains(time) || !grown.CanJoin(entry.Spans[second], longest))
        {
            entry.Spans[first] = grown;
            return new VisitAssignment(grown, IsNew: false, before.EndedAt, null, default);
        }
        var other = entry.Spans[second];
        var (into, from) = before.StartedAt <= other.StartedAt ? (before, other) : (other, before);
        entry.Spans[first] = into.Including(from.StartedAt).Including(from.EndedAt).Including(time);
        entry.Spans.RemoveAt(second);
        return new VisitAssignment(entry.Spans[first], IsNew: false, Math.Min(before.EndedAt, other.EndedAt), from.Visit, from);
    }

    /// <summary>
    /// Lets go of the visitors not seen for longest when there are too many; what they leave unknown ends at their latest visit. Called between
    /// batches, when everything in the book is committed: within one, a visitor just learnt must stay.
    /// </summary>
    public void Trim()
    {
        if (_young.Count < visitorsMax / 2)
            return;
        foreach (var entry in _old.Values)
        {
            foreach (var span in entry.Spans)
                KnownSince = Math.Max(KnownSince, span.EndedAt + 1);
        }
        (_young, _old) = ([], _young);
    }

    bool Contains(VisitorKey visitor, out Entry entry) => _young.TryGetValue(visitor, out entry) || _old.TryGetValue(visitor, out entry);

    ref Entry EntryOf(VisitorKey visitor)
    {
        ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(_young, visitor, out var existed);
        if (existed)
            return ref entry;
        if (_old.Remove(visitor, out var moved))
            entry = moved;
        else
            entry = new Entry([], IsComplete: KnownSince == long.MinValue);
        return ref entry;
    }

    record struct Entry(List<VisitSpan> Spans, bool IsComplete)
    {
        public readonly void Add(VisitSpan span) => Spans.Add(span);

        public readonly bool Has(long visit) => Spans.Exists(span => span.Visit == visit);

        /// <summary>The first visit from a place on that an event at a time belongs to or would lengthen; -1 when none.</summary>
        public readonly int FindTouching(long time, long reach, long longest, int from)
        {
            for (var index = from; index < Spans.Count; index++)
            {
                if (Spans[index].Touches(time, reach, longest))
                    return index;
            }
            return -1;
        }
    }
}
