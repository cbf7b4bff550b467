namespace Footfall.Core.Visits;

/// <summary>Which visit an event was put into.</summary>
/// <param name="Span">The visit with the event in it.</param>
/// <param name="EndedBefore">When the visit (or the earlier to end of the two joined) had ended until now, milliseconds; the largest number for a new one.</param>
/// <param name="Joined">The visit that became part of this one, or null.</param>
/// <param name="JoinedSpan">The span of <paramref name="Joined"/>.</param>
public readonly record struct VisitAssignment(VisitSpan Span, bool IsNew, long EndedBefore, long? Joined, VisitSpan JoinedSpan)
{
    public long Visit => Span.Visit;
}
