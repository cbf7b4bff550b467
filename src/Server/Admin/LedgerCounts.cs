using Footfall.Core.Warehouse;

namespace Footfall.Server.Admin;

/// <summary>Hits by what became of them.</summary>
/// <param name="Hour">Start of the hour of receipt, UTC; null in a total.</param>
/// <param name="Balanced">Whether accepted = counted + duplicate + bot + refused.</param>
sealed record LedgerCounts(
    DateTimeOffset? Hour, long Accepted, long Counted, long Duplicate, long Bot, IReadOnlyDictionary<string, long> Refused, bool Balanced)
{
    public static LedgerCounts Of(IEnumerable<LedgerLine> lines, DateTimeOffset? hour)
    {
        var sums = lines.GroupBy(line => line.Outcome, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Sum(line => line.Hits), StringComparer.Ordinal);
        var refused = sums.Where(pair => pair.Key.StartsWith(Outcomes.Refused, StringComparison.Ordinal))
            .ToDictionary(pair => pair.Key[Outcomes.Refused.Length..], pair => pair.Value, StringComparer.Ordinal);
        var (accepted, counted) = (sums.GetValueOrDefault(Outcomes.Accepted), sums.GetValueOrDefault(Outcomes.Counted));
        var (duplicate, bot) = (sums.GetValueOrDefault(Outcomes.Duplicate), sums.GetValueOrDefault(Outcomes.Bot));
        return new LedgerCounts(hour, accepted, counted, duplicate, bot, refused, accepted == counted + duplicate + bot + refused.Values.Sum());
    }
}
