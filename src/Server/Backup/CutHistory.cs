namespace Footfall.Server.Backup;

/// <summary>A history up to a time.</summary>
/// <param name="Offset">Where it was cut.</param>
/// <param name="Hits">What is before the cut.</param>
/// <param name="Left">What was left out.</param>
/// <param name="LeftEarlier">What of it carries an earlier time all the same, because the clock was set back or two arrived at once.</param>
sealed record CutHistory(long Offset, long Hits, long Left, long LeftEarlier);
