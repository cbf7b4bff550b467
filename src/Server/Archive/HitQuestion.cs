using System.Globalization;
using Footfall.Core.Archive;
using Footfall.Core.Hits;
using Footfall.Core.Sites;

namespace Footfall.Server.Archive;

/// <summary>Which raw hits somebody asks for, in their words.</summary>
/// <param name="Site">Id or domain.</param>
/// <param name="Visitor">Sixteen hexadecimal digits, as a raw hit names its visitor.</param>
/// <param name="User">The site's own id of a user.</param>
/// <param name="From">A day or a time, UTC unless it says otherwise.</param>
/// <param name="To">A time, exclusive, or a day, inclusive.</param>
sealed record HitQuestion(string? Site = null, string? Visitor = null, string? User = null, string? From = null, string? To = null)
{
    /// <summary>The filter; null with a problem when it cannot be made out.</summary>
    public HitFilter? Filter(SiteDirectory sites, out Problem? problem)
    {
        (problem, var site, var visitor) = (null, (int?)null, (ulong?)null);
        if (Site is not null && (site = SiteOf(sites)) is null)
            problem = Problem.UnknownSite(Site);
        else if (site is null && (Visitor ?? User) is not null)
            problem = new Problem(400, "A site is missing", "a visitor is one of a site: name the site as well", Field: "site");
        else if (Visitor is not null && User is not null)
            problem = new Problem(400, "One of two", "name the visitor or the user, not both", Field: "visitor");
        else if (Visitor is not null && (visitor = VisitorOf(Visitor)) is null)
            problem = new Problem(400, "Not a visitor", "a visitor is named by 16 hexadecimal digits, as in a raw hit", Field: "visitor");
        if (problem is not null)
            return null;
        if (User is { Length: > 0 } user)
            visitor = VisitorHash.OfId(VisitorIdentity.User, site!.Value, user);
        var (from, to) = (TimeOf(From, endOfDay: false), TimeOf(To, endOfDay: true));
        if ((From is not null && from is null) || (To is not null && to is null))
        {
            problem = new Problem(400, "Not a time", "write a day such as 2026-11-24 or a time such as 2026-11-24T13:00Z", Field: from is null && From is not null ? "from" : "to");
            return null;
        }
        return new HitFilter(site, visitor, from ?? long.MinValue, to ?? long.MaxValue);
    }

    static ulong? VisitorOf(string text) =>
        text.Length == 16 && ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var visitor) ? visitor : null;

    /// <summary>A site that was removed is still known by its id.</summary>
    int? SiteOf(SiteDirectory sites) =>
        sites.Find(Site!)?.Id ?? (int.TryParse(Site, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null);

    static long? TimeOf(string? text, bool endOfDay)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return new DateTimeOffset(day.AddDays(endOfDay ? 1 : 0), TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeMilliseconds();
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.ToUnixTimeMilliseconds() : null;
    }
}
