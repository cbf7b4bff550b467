namespace Footfall.Server.Admin;

/// <summary>The ledger of a site.</summary>
/// <param name="Pending">Bytes of the hit log, of all sites, that are accepted and not yet worked off; 0 when the numbers are complete, null where the log is read by other processes only.</param>
sealed record LedgerDocument(int Site, IReadOnlyList<LedgerCounts> Hours, LedgerCounts Totals, long? Pending);
