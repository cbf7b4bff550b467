namespace Footfall.Server.Cli.Wire;

/// <summary>The ledger of a site: accepted hits, and what became of them.</summary>
public sealed record LedgerAnswer(int Site, LedgerCounts Totals, long Pending);
