using System.Text;
using Footfall.Core.Sites;

namespace Footfall.Core.Hits.AccessLogs;

/// <summary>
/// Which logged requests of a site are page views and downloads: GET requests that were answered (2xx or 304), for something that is not
/// part of a page. Bots stay in: the processor flags them with their reason, and they can be counted there.
/// </summary>
public sealed class ImportRules(IReadOnlyList<string> domains)
{
    readonly Site _site = new(1, domains, "UTC", "EUR", SiteSettings.Default);

    public ImportVerdict Judge(in AccessLogEntry entry)
    {
        var (path, query, host) = LoggedAddress.Split(entry);
        return IsOtherHost(host.Span) ? ImportVerdict.OtherHost
            : entry.Status is < 200 or >= 400 ? ImportVerdict.Error
            : entry.Status is >= 300 and not 304 ? ImportVerdict.Redirect
            : !entry.Method.Span.SequenceEqual("GET"u8) ? ImportVerdict.OtherMethod
            : entry.Status == 206 ? ImportVerdict.Partial
            : path.IsEmpty || path.Span[0] != '/' ? ImportVerdict.NoPath
            : IsHousekeeping(path.Span) ? ImportVerdict.Housekeeping
            : IsFeed(path.Span, query.Span) ? ImportVerdict.Feed
            : FileTypes.Of(path.Span);
    }

    bool IsOtherHost(ReadOnlySpan<byte> host)
    {
        if (host.IsEmpty)
            return false;
        if (host.Length > 253)
            return true;
        Span<char> text = stackalloc char[host.Length];
        var length = Encoding.UTF8.GetChars(host, text);
        return !_site.Owns(text[..length]);
    }

    static bool IsHousekeeping(ReadOnlySpan<byte> path) =>
        path.SequenceEqual("/robots.txt"u8) || path.SequenceEqual("/favicon.ico"u8) || path.SequenceEqual("/ads.txt"u8)
        || path.StartsWith("/apple-touch-icon"u8) || path.StartsWith("/.well-known/"u8)
        || (path.StartsWith("/sitemap"u8) && (path.EndsWith(".xml"u8) || path.EndsWith(".xml.gz"u8)));

    static bool IsFeed(ReadOnlySpan<byte> path, ReadOnlySpan<byte> query)
    {
        var trimmed = path.TrimEnd((byte)'/');
        if (trimmed.EndsWith("/feed"u8) || trimmed.EndsWith("/rss"u8) || trimmed.EndsWith("/atom"u8))
            return true;
        foreach (var range in query.Split((byte)'&'))
        {
            var value = query[range];
            var name = value[..(value.IndexOf((byte)'=') + 1)];
            value = value[name.Length..];
            // flav is Blosxom's, feed WordPress's; the other two are what hand-written sites use.
            if ((name.SequenceEqual("flav="u8) || name.SequenceEqual("feed="u8) || name.SequenceEqual("format="u8) || name.SequenceEqual("type="u8))
                && (value.StartsWith("rss"u8) || value.StartsWith("atom"u8) || value.StartsWith("rdf"u8)))
                return true;
        }
        return false;
    }
}
