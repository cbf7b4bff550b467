using System.Globalization;
using Footfall.Core.Hits;
using Footfall.Core.Sites;

namespace Footfall.Core.Enrichment;

/// <summary>
/// Where a page is: its host, and the path that reports call the page. The path is kept as sent, slashes and case included; of the query
/// only the parameters that the site keeps stay, in the order they were sent; the fragment stays only on sites that route by hash, with
/// its own query treated alike. An address without a host gets an empty one; an empty address has no page.
/// </summary>
/// <param name="Hostname">Lower case, without port; international names in their ASCII form.</param>
/// <param name="Page">At most <see cref="PageLengthMax"/> characters.</param>
public readonly record struct PageAddress(string Hostname, string Page)
{
    public const int PageLengthMax = 2000;
    const int HostLengthMax = 253;

    static readonly IdnMapping Idn = new();

    /// <summary>Reads any text; never throws.</summary>
    public static PageAddress Of(string? url, Site site)
    {
        if (string.IsNullOrWhiteSpace(url))
            return new PageAddress("", "");
        var parts = UrlParts.Of(url);
        var host = parts.Host;
        var path = parts.Path;
        if (host.IsEmpty)
            SplitSchemeless(ref host, ref path, site);
        return new PageAddress(NormalHost(host, site), PageOf(path, parts.Query, parts.Fragment, site.Settings));
    }

    // People write example.com/path into trackers. It is told from a relative path by the site's own domains.
    static void SplitSchemeless(ref ReadOnlySpan<char> host, ref ReadOnlySpan<char> path, Site site)
    {
        var slash = path.IndexOf('/');
        var first = UrlParts.HostOf(slash < 0 ? path : path[..slash]);
        if (first.IsEmpty || !site.Owns(first))
            return;
        host = first;
        path = slash < 0 ? default : path[slash..];
    }

    static string NormalHost(ReadOnlySpan<char> host, Site site)
    {
        if (host.IsEmpty)
            return "";
        for (var i = 0; i < site.Domains.Count; i++)
        {
            if (host.Equals(site.Domains[i], StringComparison.OrdinalIgnoreCase))
                return site.Domains[i];
        }
        var cut = (host.Length > HostLengthMax ? host[..HostLengthMax] : host).ToString().ToLowerInvariant();
        if (System.Text.Ascii.IsValid(cut))
            return cut;
        try
        {
            return Idn.GetAscii(cut);
        }
        catch (ArgumentException)
        {
            return cut;
        }
    }

    static string PageOf(ReadOnlySpan<char> path, ReadOnlySpan<char> query, ReadOnlySpan<char> fragment, SiteSettings settings)
    {
        var keepsQuery = settings.KeptQueryParameters.Count > 0 && !query.IsEmpty;
        var keepsFragment = settings.HashRouting && !fragment.IsEmpty;
        if (!keepsQuery && !keepsFragment && path.StartsWith('/') && path.Length <= PageLengthMax && !HasControls(path))
            return RecentText.Of(path);

        var page = new CutText(stackalloc char[PageLengthMax]);
        if (!path.StartsWith('/'))
            page.Append("/");
        page.Append(path);
        if (keepsQuery)
            AppendKept(ref page, query, settings);
        if (keepsFragment)
            AppendFragment(ref page, fragment, settings);
        return page.ToString();
    }

    static void AppendFragment(ref CutText page, ReadOnlySpan<char> fragment, SiteSettings settings)
    {
        var question = fragment.IndexOf('?');
        page.Append("#");
        page.Append(question < 0 ? fragment : fragment[..question]);
        if (question >= 0)
            AppendKept(ref page, fragment[(question + 1)..], settings);
    }

    static void AppendKept(ref CutText page, ReadOnlySpan<char> query, SiteSettings settings)
    {
        var separator = "?";
        var parameters = new QueryParameters(query);
        while (parameters.MoveNext())
        {
            if (!IsKept(parameters.Name, settings))
                continue;
            page.Append(separator);
            page.Append(parameters.Current);
            separator = "&";
        }
    }

    static bool IsKept(ReadOnlySpan<char> name, SiteSettings settings)
    {
        var decoded = name.Contains('%') ? QueryParameters.Decode(name) : name;
        for (var i = 0; i < settings.KeptQueryParameters.Count; i++)
        {
            if (decoded.SequenceEqual(settings.KeptQueryParameters[i]))
                return true;
        }
        return false;
    }

    static bool HasControls(ReadOnlySpan<char> text) => text.IndexOfAnyInRange('\0', '\x1f') >= 0;
}
