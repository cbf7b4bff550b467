namespace Footfall.Core.Enrichment;

/// <summary>
/// An address cut into its parts, as it was sent: nothing is decoded, lowered or allocated, and no text is refused. Written for trackers'
/// addresses, which are mostly right and sometimes anything at all; <see cref="Uri"/> allocates, and refuses what we must still count.
/// </summary>
public readonly ref struct UrlParts
{
    /// <summary>Host without user, port and final dot; empty when the address names none. Brackets of IPv6 stay.</summary>
    public ReadOnlySpan<char> Host { get; private init; }

    /// <summary>Up to the query and the fragment; empty when nothing follows the host.</summary>
    public ReadOnlySpan<char> Path { get; private init; }

    /// <summary>Between <c>?</c> and <c>#</c>, without both.</summary>
    public ReadOnlySpan<char> Query { get; private init; }

    /// <summary>After <c>#</c>.</summary>
    public ReadOnlySpan<char> Fragment { get; private init; }

    public static UrlParts Of(ReadOnlySpan<char> url)
    {
        var rest = Cut(url.Trim(), '#', out var fragment);
        rest = Cut(rest, '?', out var query);
        var authority = AuthorityStart(rest);
        if (authority < 0)
            return new UrlParts { Path = rest, Query = query, Fragment = fragment };
        rest = rest[authority..];
        var slash = rest.IndexOf('/');
        return new UrlParts
        {
            Host = HostOf(slash < 0 ? rest : rest[..slash]),
            Path = slash < 0 ? default : rest[slash..],
            Query = query,
            Fragment = fragment,
        };
    }

    /// <summary>The host of an authority such as <c>user@example.com:8080</c>.</summary>
    public static ReadOnlySpan<char> HostOf(ReadOnlySpan<char> authority)
    {
        var host = authority[(authority.LastIndexOf('@') + 1)..];
        if (host.StartsWith('['))
        {
            var end = host.IndexOf(']');
            return end < 0 ? host : host[..(end + 1)];
        }
        return Cut(host, ':', out _).TrimEnd('.');
    }

    static ReadOnlySpan<char> Cut(ReadOnlySpan<char> text, char at, out ReadOnlySpan<char> after)
    {
        var position = text.IndexOf(at);
        after = position < 0 ? default : text[(position + 1)..];
        return position < 0 ? text : text[..position];
    }

    static int AuthorityStart(ReadOnlySpan<char> text)
    {
        if (text.StartsWith("//", StringComparison.Ordinal))
            return 2;
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (scheme <= 0)
            return -1;
        foreach (var letter in text[..scheme])
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('+' or '-' or '.'))
                return -1;
        }
        return scheme + 3;
    }
}
