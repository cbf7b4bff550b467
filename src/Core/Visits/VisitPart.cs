using Footfall.Core.Hits;
using Footfall.Core.Enrichment;

namespace Footfall.Core.Visits;

/// <summary>
/// What one batch of events adds to a visit: one row of <c>visit_parts</c>. Parts of a visit merge in any order to the same visit: counts add up,
/// times are minima and maxima, and what comes from the first event, the entry or the exit comes with its <see cref="Event.Order"/>.
/// </summary>
public sealed class VisitPart
{
    public required int Site { get; init; }

    public required long Visit { get; set; }

    public required ulong Visitor { get; init; }

    public required VisitorIdentity Identity { get; init; }

    public required ulong SessionKey { get; init; }

    public required string? Bot { get; init; }

    /// <summary>The visit as a whole once this part is added to it, other parts included.</summary>
    public VisitSpan Whole { get; set; }

    public long StartedAt { get; private set; } = long.MaxValue;

    public long EndedAt { get; private set; } = long.MinValue;

    public long FirstOrder { get; private set; } = long.MaxValue;

    /// <summary>The event that gives source, place, device, language and screen.</summary>
    public Event? First { get; private set; }

    /// <summary><see cref="long.MaxValue"/> when the part has no page view.</summary>
    public long EntryOrder { get; private set; } = long.MaxValue;

    public string? EntryPage { get; private set; }

    /// <summary><see cref="long.MinValue"/> when the part has no page view.</summary>
    public long ExitOrder { get; private set; } = long.MinValue;

    public string? ExitPage { get; private set; }

    public int PageViews { get; private set; }

    public int Events { get; private set; }

    /// <summary>Interactive events that are not page views.</summary>
    public int Interactions { get; private set; }

    public int KeyEvents { get; private set; }

    public long EngagementMs { get; private set; }

    public void Add(Event added)
    {
        var order = added.Order;
        StartedAt = Math.Min(StartedAt, added.OccurredAt);
        EndedAt = Math.Max(EndedAt, added.OccurredAt);
        if (order < FirstOrder)
            (FirstOrder, First) = (order, added);
        if (added.IsPageView)
        {
            PageViews++;
            if (order < EntryOrder)
                (EntryOrder, EntryPage) = (order, added.Page);
            if (order > ExitOrder)
                (ExitOrder, ExitPage) = (order, added.Page);
        }
        else if (added.Interactive)
        {
            Interactions++;
        }
        Events++;
        if (added.KeyEvent)
            KeyEvents++;
        EngagementMs += added.EngagementMs;
    }
}
