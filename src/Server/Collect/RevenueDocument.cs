namespace Footfall.Server.Collect;

/// <summary>Money as sent.</summary>
sealed record RevenueDocument(decimal Amount, string Currency);
