namespace Footfall.Server.Admin;

/// <summary>The hit log.</summary>
/// <param name="Unavailable">Why it takes no appends, or null.</param>
/// <param name="Bytes">What it holds.</param>
/// <param name="Damage">What of it was passed over because it was damaged.</param>
sealed record LogStatus(string? Unavailable, long Start, long End, long Bytes, IReadOnlyList<LogDamageStatus> Damage);
