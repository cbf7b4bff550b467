namespace Footfall.Core.Visits;

/// <summary>A known visit of a visitor: its first and last event, milliseconds.</summary>
public readonly record struct VisitSpan(long Visit, long StartedAt, long EndedAt)
{
    public bool Contains(long time) => time >= StartedAt && time <= EndedAt;

    /// <summary>Whether an event at a time lies in the visit, or within reach of it without making it longer than a visit may be.</summary>
    public bool Touches(long time, long reach, long longest) =>
        Contains(time)
        || (time > EndedAt && time - EndedAt < reach && time - StartedAt < longest)
        || (time < StartedAt && StartedAt - time < reach && EndedAt - time < longest);

    public VisitSpan Including(long time) => this with { StartedAt = Math.Min(StartedAt, time), EndedAt = Math.Max(EndedAt, time) };

    /// <summary>Whether this and another visit together are still short enough to be one.</summary>
    public bool CanJoin(VisitSpan other, long longest) =>
        Math.Max(EndedAt, other.EndedAt) - Math.Min(StartedAt, other.StartedAt) < longest;
}
