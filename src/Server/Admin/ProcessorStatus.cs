namespace Footfall.Server.Admin;

/// <summary>The processor: its place in the log and how many bytes of log wait.</summary>
/// <param name="Failed">Why its last attempt failed, or null.</param>
sealed record ProcessorStatus(long Position, long LagBytes, DateTimeOffset CompleteUntil, string? Failed);
