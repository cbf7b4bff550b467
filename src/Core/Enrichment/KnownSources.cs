using System.Collections.Frozen;

namespace Footfall.Core.Enrichment;

/// <summary>
/// The table of known sources, sources.tsv. A domain counts with everything below it, the closest row wins; <c>google.*</c> stands for
/// every country's ending. Names follow GA4: engines without their ending (google), all others as domains (facebook.com), with the
/// hosts that a source sends its visitors through (l.facebook.com, t.co) folded into it.
/// </summary>
public static class KnownSources
{
    static readonly FrozenDictionary<string, KnownSource> Domains = Load(match => match.Contains('.') && !match.EndsWith(".*", StringComparison.Ordinal));
    static readonly FrozenDictionary<string, KnownSource> AnyCountry = Load(match => match.EndsWith(".*", StringComparison.Ordinal));
    static readonly FrozenDictionary<string, KnownSource> Words = LoadWords();

    static readonly FrozenDictionary<string, KnownSource>.AlternateLookup<ReadOnlySpan<char>> DomainLookup =
        Domains.GetAlternateLookup<ReadOnlySpan<char>>();

    static readonly FrozenDictionary<string, KnownSource>.AlternateLookup<ReadOnlySpan<char>> AnyCountryLookup =
        AnyCountry.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The source a host belongs to, or null.</summary>
    public static KnownSource? ByHost(ReadOnlySpan<char> host)
    {
        for (var rest = host; !rest.IsEmpty;)
        {
            if (DomainLookup.TryGetValue(rest, out var source) || ByAnyCountry(rest, out source))
                return source;
            var dot = rest.IndexOf('.');
            rest = dot < 0 ? default : rest[(dot + 1)..];
        }
        return null;
    }

    /// <summary>What a source is, by the name that a report or a utm_source gives it: a word, a name of the table, or a host.</summary>
    public static SourceKind KindOf(string source)
    {
        if (Words.TryGetValue(source, out var known))
            return known.Kind;
        return source.Contains('.') ? ByHost(source)?.Kind ?? SourceKind.Other : SourceKind.Other;
    }

    static bool ByAnyCountry(ReadOnlySpan<char> host, out KnownSource? source)
    {
        // The ending is one label (com, de) or two (co.uk, com.br), so at most the last two dots can begin it.
        var end = host.Length;
        for (var labels = 1; labels <= 2; labels++)
        {
            end = host[..end].LastIndexOf('.');
            if (end <= 0)
                break;
            if (IsEnding(host[(end + 1)..]) && AnyCountryLookup.TryGetValue(host[..end], out source))
                return true;
        }
        source = null;
        return false;
    }

    static bool IsEnding(ReadOnlySpan<char> ending)
    {
        var dot = ending.IndexOf('.');
        if (dot < 0)
            return ending.Length is 2 or 3;
        return ending[(dot + 1)..].Length == 2 && ending[..dot] is "co" or "com" or "net" or "org" or "or" or "ne";
    }

    static FrozenDictionary<string, KnownSource> Load(Func<string, bool> wanted) => Rows()
        .Where(row => wanted(row.Match))
        .ToFrozenDictionary(row => row.Match.Replace(".*", "", StringComparison.Ordinal), row => row.Source, StringComparer.OrdinalIgnoreCase);

    static FrozenDictionary<string, KnownSource> LoadWords()
    {
        var words = new Dictionary<string, KnownSource>(StringComparer.OrdinalIgnoreCase);
        foreach (var (match, source) in Rows())
        {
            words.TryAdd(source.Name, source);
            if (!match.Contains('.'))
                words[match] = source;
        }
        return words.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    static IEnumerable<(string Match, KnownSource Source)> Rows() => EmbeddedTable.Rows("sources.tsv", 3)
        .Select(row => (row[0], new KnownSource(row[2], Enum.Parse<SourceKind>(row[1], ignoreCase: true))));
}
