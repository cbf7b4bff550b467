namespace Footfall.Server.Admin;

/// <summary>Whether a site's events arrive.</summary>
/// <param name="LastEventAt">When the last one was received, whoever sent it; null when none was.</param>
/// <param name="LastTrackerEventAt">When the last one from a tracker in a page was received; null when none was.</param>
/// <param name="Events">How many count.</param>
/// <param name="Bots">How many were told for bots, and are left out of reports.</param>
/// <param name="Refused">How many were refused, by reason: why a tracker that runs may show nothing.</param>
sealed record VerificationDocument(
    DateTimeOffset? LastEventAt, DateTimeOffset? LastTrackerEventAt, long Events, long Bots, IReadOnlyDictionary<string, long> Refused);
