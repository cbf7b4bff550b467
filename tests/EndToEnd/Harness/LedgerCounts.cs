using System.Text.Json;

namespace Footfall.EndToEnd.Harness;

/// <summary>Hits by what became of them.</summary>
/// <param name="Refused">By reason.</param>
public sealed record LedgerCounts(long Accepted, long Counted, long Duplicate, long Bot, IReadOnlyDictionary<string, long> Refused)
{
    public bool Balances => Accepted == Counted + Duplicate + Bot + Refused.Values.Sum();

    public static LedgerCounts Parse(JsonElement counts) => new(
        counts.GetProperty("accepted").GetInt64(),
        counts.GetProperty("counted").GetInt64(),
        counts.GetProperty("duplicate").GetInt64(),
        counts.GetProperty("bot").GetInt64(),
        counts.GetProperty("refused").EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetInt64()));
}
