namespace Footfall.Core.Visits;

/// <summary>A known visit of a visitor: its first and last event, milliseconds.</summary>
public readonly record struct VisitSpan(long Visit, long StartedAt, long EndedAt);
