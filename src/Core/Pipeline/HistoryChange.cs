namespace Footfall.Core.Pipeline;

/// <summary>Rows of the past that were replaced by others, all at one position of the log.</summary>
/// <param name="Sites">The sites; null is all of them.</param>
/// <param name="From">The first local day on which anything may be different; null is since ever.</param>
/// <param name="To">The last one; null is until now.</param>
public sealed record HistoryChange(IReadOnlyCollection<int>? Sites, DateOnly? From, DateOnly? To);
