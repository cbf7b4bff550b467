namespace Footfall.Core.Visits;

/// <summary>Which visit an event was put into.</summary>
/// <param name="EndedBefore">When the visit (or the earlier to end of the two joined) had ended until now, milliseconds; the largest number for a new one.</param>
/// <param name="Joined">The visit that became part of <paramref name="Visit"/>, or null.</param>
/// <param name="JoinedSpan">The span of <paramref name="Joined"/>.</param>
public readonly record struct VisitAssignment(long Visit, bool IsNew, long EndedBefore, long? Joined, VisitSpan JoinedSpan);
