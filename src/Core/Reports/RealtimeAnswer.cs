namespace Footfall.Core.Reports;

/// <summary>What happens on a site now. Bots are left out.</summary>
/// <param name="Visitors5">Distinct visitors in the last five minutes.</param>
/// <param name="Visitors30">Distinct visitors in the last thirty minutes.</param>
/// <param name="PageViews">Page views of each of the last thirty minutes, oldest first; the last ends now.</param>
/// <param name="Pages">Pages of the last thirty minutes by visitors.</param>
/// <param name="Sources">Sources of the visits of the last thirty minutes by visitors.</param>
public sealed record RealtimeAnswer(
    DateTimeOffset Now, long Visitors5, long Visitors30, IReadOnlyList<long> PageViews,
    IReadOnlyList<RealtimeRow> Pages, IReadOnlyList<RealtimeRow> Sources);
