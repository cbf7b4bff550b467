namespace Footfall.Server.Admin;

/// <summary>The hit log.</summary>
/// <param name="Unavailable">Why it takes no appends, or null.</param>
/// <param name="Bytes">What it holds.</param>
sealed record LogStatus(string? Unavailable, long Start, long End, long Bytes);
