namespace Footfall.Core.Visits;

/// <summary>A visit that turned out to be the later part of another.</summary>
/// <param name="StartedAt">Start of <paramref name="From"/>, milliseconds: bounds the rows to be relabelled.</param>
/// <param name="EndedAt">End of <paramref name="From"/>, milliseconds.</param>
public readonly record struct VisitMerge(int Site, long From, long Into, long StartedAt, long EndedAt);
