namespace Footfall.Core.Rebuild;

/// <summary>What a rebuild may replace.</summary>
/// <param name="Spans">The stretches; null is everything of its sites.</param>
/// <param name="HistoryStart">Offset of the oldest raw hit there is. What was made of older ones cannot be made again, and stays.</param>
/// <param name="SafeFrom">
/// Milliseconds. Where older hits are gone, what happened before this time stays too: a repeat of one of them could not be known as one.
/// </param>
/// <param name="Days">Every local day on which either version has something.</param>
public sealed record RebuildScope(IReadOnlyList<SiteSpan>? Spans, long HistoryStart, long SafeFrom, IReadOnlyList<DayStart> Days);
