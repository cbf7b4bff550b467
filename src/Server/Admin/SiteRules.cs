using System.Globalization;
using Footfall.Core.Sites;

namespace Footfall.Server.Admin;

/// <summary>What a site must be like, checked before the catalog is asked.</summary>
static class SiteRules
{
    /// <summary>The site a request asks for, or the first thing wrong with it.</summary>
    /// <param name="before">The site as it is, or null when it is to be made.</param>
    public static (Site? Site, Problem? Problem) Apply(SiteRequest request, Site? before)
    {
        var domains = request.Domains?.Select(domain => domain.Trim().ToLowerInvariant()).Distinct(StringComparer.Ordinal).ToList()
            ?? before?.Domains ?? [];
        if (domains.Count is 0 or > 100)
            return Wrong("domains", "needs 1 to 100 domains", 100);
        if (domains.FirstOrDefault(domain => !IsDomain(domain)) is { } bad)
            return Wrong("domains", $"has {Shown(bad)}, which is not a host name such as example.com");
        var zone = request.TimeZone ?? before?.TimeZone ?? "UTC";
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known) || !known.HasIanaId)
            return Wrong("time_zone", $"has {Shown(zone)}, which is not an IANA time zone such as Europe/Berlin");
        var currency = (request.Currency ?? before?.Currency ?? "EUR").ToUpperInvariant();
        if (currency.Length != 3 || !currency.All(char.IsAsciiLetterUpper))
            return Wrong("currency", $"has {Shown(currency)}, which is not a code of three letters such as EUR");
        var settings = request.Settings ?? before?.Settings ?? SiteSettings.Default;
        var problem = Check(settings);
        return problem is null ? (new Site(before?.Id ?? 0, domains, zone, currency, settings), null) : (null, problem);
    }

    static Problem? Check(SiteSettings settings) =>
        Within("settings.visit_timeout_minutes", settings.VisitTimeoutMinutes, 5, 475)
        ?? Within("settings.believe_past_hours", settings.BelievePastHours, 0, 168)
        ?? Within("settings.believe_ahead_minutes", settings.BelieveAheadMinutes, 0, 60)
        ?? Within("settings.events_per_second", settings.EventsPerSecond, 0, 1_000_000)
        ?? Few("settings.kept_query_parameters", settings.KeptQueryParameters)
        ?? Few("settings.excluded_addresses", settings.ExcludedAddresses)
        ?? Few("settings.excluded_paths", settings.ExcludedPaths)
        ?? Few("settings.allowed_hostnames", settings.AllowedHostnames)
        ?? Few("settings.key_events", settings.KeyEvents)
        ?? Addresses(settings.ExcludedAddresses);

    static Problem? Within(string field, int value, int least, int most) =>
        value >= least && value <= most
            ? null
            : Wrong(field, string.Create(CultureInfo.InvariantCulture, $"is {value}; it must be from {least} to {most}"), most).Problem;

    static Problem? Few(string field, IReadOnlyList<string>? list) =>
        list is not null && list.Count <= 100 && list.All(entry => entry is { Length: > 0 and <= 500 })
            ? null
            : Wrong(field, "takes at most 100 entries of 1 to 500 characters", 100).Problem;

    static Problem? Addresses(IReadOnlyList<string> list) =>
        list.FirstOrDefault(entry => !System.Net.IPNetwork.TryParse(entry, out _) && !System.Net.IPAddress.TryParse(entry, out _)) is { } bad
            ? Wrong("settings.excluded_addresses", $"has {Shown(bad)}, which is neither an address nor a range such as 192.0.2.0/24").Problem
            : null;

    static bool IsDomain(string domain) =>
        domain.Length is > 0 and <= 253
        && !int.TryParse(domain, NumberStyles.None, CultureInfo.InvariantCulture, out _)
        && domain.All(letter => char.IsLetterOrDigit(letter) || letter is '-' or '.' or '_')
        && domain.Split('.').All(label => label.Length is > 0 and <= 63);

    static string Shown(string value) => "\"" + (value.Length > 60 ? value[..60] + "…" : value) + "\"";

    static (Site?, Problem Problem) Wrong(string field, string detail, long? limit = null) =>
        (null, new Problem(400, "The site is not valid", $"{field} {detail}", Field: field, Limit: limit));
}
