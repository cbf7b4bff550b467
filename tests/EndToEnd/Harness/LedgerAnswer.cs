using System.Text.Json;

namespace Footfall.EndToEnd.Harness;

/// <summary>What became of every hit of a site.</summary>
/// <param name="Hours">The same by hour of receipt.</param>
/// <param name="Pending">Bytes that are accepted and not yet worked off.</param>
public sealed record LedgerAnswer(LedgerCounts Totals, IReadOnlyList<LedgerCounts> Hours, long? Pending)
{
    public static LedgerAnswer Parse(JsonElement ledger) => new(
        LedgerCounts.Parse(ledger.GetProperty("totals")),
        [.. ledger.GetProperty("hours").EnumerateArray().Select(LedgerCounts.Parse)],
        ledger.GetProperty("pending") is { ValueKind: JsonValueKind.Number } pending ? pending.GetInt64() : null);
}
