using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Footfall.Core.Hits;

namespace Footfall.Server.Collect;

/// <summary>An event as the OpenAPI document describes it. The collector itself reads the JSON by hand, field by field.</summary>
sealed record EventDocument(
    [property: Description("Id or domain of the site; may also come as ?site=.")] string? Site,
    [property: Description("pageview when left out."), MaxLength(HitLimits.Name)] string? Name,
    [property: Description("Full address of the page; required for a page view."), MaxLength(HitLimits.Url)] string? Url,
    [property: MaxLength(HitLimits.Url)] string? Referrer,
    [property: MaxLength(HitLimits.Title)] string? Title,
    [property: Description("Idempotency key: an event with the same id counts once."), MaxLength(HitLimits.Id)] string? EventId,
    [property: Description("ISO 8601 or milliseconds since 1970; believed within the site's window.")] string? Time,
    [property: MaxLength(HitLimits.Id)] string? VisitorId,
    [property: MaxLength(HitLimits.UserId)] string? UserId,
    [property: Description("Decides which visit the event belongs to."), MaxLength(HitLimits.Id)] string? SessionId,
    [property: Description("Up to 50 scalar values.")] JsonObject? Props,
    RevenueDocument? Revenue,
    [property: Description("A purchase with an order id already seen counts once."), MaxLength(HitLimits.Id)] string? OrderId,
    IReadOnlyList<ItemDocument>? Items,
    [property: Range(0, HitLimits.EngagementMs)] int? EngagementMs,
    [property: Description("WIDTHxHEIGHT or a width, in CSS pixels.")] string? Screen,
    [property: MaxLength(HitLimits.Language)] string? Language,
    [property: Description("False when the visitor did nothing, as for a heartbeat.")] bool? Interactive,
    [property: Description("What sent it, such as js."), MaxLength(HitLimits.Tracker)] string? Tracker,
    [property: Description("The client's address; believed only with a key of import scope.")] string? Address,
    [property: Description("The client's user agent; believed only with a key of import scope.")] string? UserAgent);
