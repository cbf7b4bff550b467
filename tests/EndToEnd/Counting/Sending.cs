namespace Footfall.EndToEnd.Counting;

/// <summary>One event as it is sent. The source is what its URL and referrer mean.</summary>
public sealed record Sending(int Number, string Visitor, DateTimeOffset Time, string Page, string Source, bool IsPageView, string Agent, string Language)
{
    public object ToWire() => new
    {
        site = Month.Site,
        name = IsPageView ? "pageview" : "signup",
        url = $"https://{Month.Site}{Page}{(Source is "(direct)" or "partner.example" ? "" : "?utm_source=" + Source)}",
        referrer = Source == "partner.example" ? "https://partner.example/" : null,
        event_id = $"month-{Number}",
        visitor_id = Visitor,
        time = Time,
        user_agent = Agent,
        language = Language,
    };
}
