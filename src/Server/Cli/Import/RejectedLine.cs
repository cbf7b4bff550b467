namespace Footfall.Server.Cli.Import;

/// <summary>A line that became no event, and why.</summary>
/// <param name="Line">From 1.</param>
public sealed record RejectedLine(long Line, string Reason);
