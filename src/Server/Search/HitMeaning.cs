using Footfall.Core.Search;

namespace Footfall.Server.Search;

/// <summary>What the steps of processing make of a hit.</summary>
/// <param name="Bot">Why it is a bot's; null when it is nobody's.</param>
/// <param name="EventId">The sender's idempotency key.</param>
/// <param name="TimeReplaced">Whether the sender's time was not believed.</param>
sealed record HitMeaning(
    string Name, DateTimeOffset OccurredAt, bool TimeReplaced, string Hostname, string Page, string? Title, string? Bot, string? UserId, string? EventId,
    string Source, string Medium, string Campaign, string Channel, string Country, string Region, string City,
    string Browser, string Os, string Device, string Language)
{
    public static HitMeaning? Of(InspectedHit inspected) => inspected.Event is not { } meant ? null : new HitMeaning(
        meant.Name,
        DateTimeOffset.FromUnixTimeMilliseconds(meant.OccurredAt),
        meant.TimeReplaced,
        meant.Hostname,
        meant.Page,
        meant.Title,
        meant.Bot,
        inspected.Sent?.UserId,
        inspected.Sent?.EventId,
        meant.Source.Source,
        meant.Source.Medium,
        meant.Source.Campaign,
        meant.Source.Channel,
        meant.Place.Country,
        meant.Place.Region,
        meant.Place.City,
        $"{meant.Device.Browser} {meant.Device.BrowserVersion}".TrimEnd(),
        $"{meant.Device.Os} {meant.Device.OsVersion}".TrimEnd(),
        meant.Device.Class,
        meant.Language);
}
