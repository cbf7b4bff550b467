namespace Footfall.Server.SetAside;

/// <summary>What became of hits that were tried again.</summary>
/// <param name="Passed">They are in the numbers now, or came to another outcome of the ledger.</param>
/// <param name="Failed">They are set aside still, with their new reasons.</param>
/// <param name="Elsewhere">They were not tried, because another process works off their partitions.</param>
sealed record ReplayDocument(long Passed, long Failed, long Elsewhere);
