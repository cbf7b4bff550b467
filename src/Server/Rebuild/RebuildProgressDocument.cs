namespace Footfall.Server.Rebuild;

/// <summary>How far the reading of raw hits is.</summary>
/// <param name="Share">Of the log, from 0 to 1.</param>
/// <param name="SecondsLeft">At this pace; null while nobody can tell.</param>
sealed record RebuildProgressDocument(double Share, long Hits, double HitsPerSecond, double? SecondsLeft);
