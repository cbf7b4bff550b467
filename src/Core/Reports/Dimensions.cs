using System.Collections.Frozen;

namespace Footfall.Core.Reports;

/// <summary>Every dimension, once.</summary>
public static class Dimensions
{
    /// <summary>What the id of a property's dimension begins with; the property's name follows.</summary>
    public const string PropertyPrefix = "prop:";

    public const int PropertyNameLengthMax = 100;

    public static IReadOnlyList<Dimension> All { get; } =
    [
        Time("hour", "Hour", null, "Hours of the site's time zone, as ISO 8601 with the offset; the hour repeated in autumn gives two.", DimensionKind.Hour),
        Time("day", "Day", "date", "Days of the site's time zone, yyyy-MM-dd.", DimensionKind.Day),
        Time("week", "Week", "isoYearIsoWeek", "Weeks from Monday, by the Monday's date. The first and the last may be cut by the range.", DimensionKind.Week),
        Time("month", "Month", "yearMonth", "Months, yyyy-MM. The first and the last may be cut by the range.", DimensionKind.Month),
        Time("hour_of_day", "Hour of day", "hour", "00 to 23.", DimensionKind.HourOfDay),
        Time("day_of_week", "Day of week", "dayOfWeek", "1 (Monday) to 7 (Sunday).", DimensionKind.DayOfWeek),

        Event("event", "Event", "eventName", "The event's name.", "name", MissingValue.Never),
        Event("page", "Page", "pagePath", "The page's path.", "page", MissingValue.Empty),
        Event("title", "Title", "pageTitle", "The page's title, as sent with the event.", "title", MissingValue.Null),
        Event("hostname", "Host name", "hostName", "The host the page was on.", "hostname", MissingValue.Empty),
        Event("order_id", "Order", "transactionId", "The order's id.", "order_id", MissingValue.Null),
        Event("currency", "Currency sent", "currencyCode", "The currency as sent.", "currency", MissingValue.Null),
        new("property_names", "Property names", null, "The names of the event's properties, as a JSON list; each can be a dimension, as prop:NAME.",
            DimensionScope.Event, DimensionKind.PropertyNames, "props", MissingValue.Null),
        Event("bot", "Bot", null, "Why the event is a bot's; (not set) for people. Naming it in a report lets bots in.", "bot", MissingValue.Null),

        Visit("source", "Source", "sessionSource", "Where the visit came from.", "source"),
        Visit("medium", "Medium", "sessionMedium", "By what means it came.", "medium"),
        Visit("campaign", "Campaign", "sessionCampaignName", "The campaign, as tagged.", "campaign"),
        Visit("content", "Content", "sessionManualAdContent", "The advertisement's variant, as tagged.", "content"),
        Visit("term", "Term", "sessionManualTerm", "The search term, as tagged.", "term"),
        Visit("channel", "Channel", "sessionDefaultChannelGroup", "The default channel group.", "channel"),
        Visit("referrer", "Referrer", "pageReferrer", "The page that linked to the visit's first.", "referrer"),
        Visit("country", "Country", "countryId", "ISO 3166-1 alpha-2 code.", "country"),
        Visit("region", "Region", "region", "Region of the country.", "region"),
        Visit("city", "City", "city", "City.", "city"),
        Visit("browser", "Browser", "browser", "Browser.", "browser"),
        Visit("browser_version", "Browser version", null, "Major version of the browser.", "browser_version"),
        Visit("os", "System", "operatingSystem", "Operating system.", "os"),
        Visit("os_version", "System version", "operatingSystemVersion", "Version of the operating system.", "os_version"),
        Visit("device", "Device", "deviceCategory", "Class of the device.", "device"),
        Visit("screen_class", "Screen", null, "Width class of the screen, xs to xl.", "screen_class"),
        Visit("language", "Language", "languageCode", "Language of the browser, such as en-us.", "language"),
        Visit("entry_page", "Entry page", "landingPage", "The visit's first page view.", "entry_page", MissingValue.Null),
        Visit("exit_page", "Exit page", null, "The visit's last page view.", "exit_page", MissingValue.Null),
        new("new_or_returning", "New or returning", "newVsReturning", "new when the visitor's first event ever is in the range, else returning.",
            DimensionScope.Visit, DimensionKind.NewOrReturning, "", MissingValue.Never),
    ];

    static readonly FrozenDictionary<string, Dimension> ById = All.ToFrozenDictionary(dimension => dimension.Id, StringComparer.Ordinal);

    /// <summary>The dimension of an id; <c>prop:NAME</c> makes one for the property. Null when unknown.</summary>
    public static Dimension? Find(string id)
    {
        if (!id.StartsWith(PropertyPrefix, StringComparison.Ordinal))
            return ById.GetValueOrDefault(id);
        var name = id[PropertyPrefix.Length..];
        return name.Length is > 0 and <= PropertyNameLengthMax && !name.Any(char.IsControl) ? Property(name) : null;
    }

    public static Dimension Property(string name) =>
        new(PropertyPrefix + name, name, "customEvent:" + name, "A property of the event.",
            DimensionScope.Event, DimensionKind.Property, name, MissingValue.Null);

    static Dimension Time(string id, string label, string? ga4, string description, DimensionKind kind) =>
        new(id, label, ga4, description, DimensionScope.Event, kind, "occurred_at", MissingValue.Never);

    static Dimension Event(string id, string label, string? ga4, string description, string field, MissingValue missing) =>
        new(id, label, ga4, description, DimensionScope.Event, DimensionKind.Text, field, missing);

    static Dimension Visit(string id, string label, string? ga4, string description, string field, MissingValue missing = MissingValue.Empty) =>
        new(id, label, ga4, description, DimensionScope.Visit, DimensionKind.Text, field, missing);
}
