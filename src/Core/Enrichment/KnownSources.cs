using System.Collections.Frozen;
using System.IO.Hashing;
using System.Text;

namespace Footfall.Core.Enrichment;

/// <summary>
/// The table of known sources: sources.tsv, over which an operator may lay rows of their own. A domain counts with everything below it, the
/// closest row wins; <c>google.*</c> stands for every country's ending. Names follow GA4: engines without their ending (google), all others as
/// domains (facebook.com), with the hosts that a source sends its visitors through (l.facebook.com, t.co) folded into it.
/// </summary>
public sealed class KnownSources
{
    const string CountryEnding = ".*";

    readonly FrozenDictionary<string, KnownSource>.AlternateLookup<ReadOnlySpan<char>> _domains;
    readonly FrozenDictionary<string, KnownSource>.AlternateLookup<ReadOnlySpan<char>> _anyCountry;
    readonly FrozenDictionary<string, KnownSource> _words;

    KnownSources(IReadOnlyList<(string Match, KnownSource Source)> rows, string version)
    {
        Version = version;
        _domains = Table(rows.Where(row => row.Match.Contains('.') && !row.Match.EndsWith(CountryEnding, StringComparison.Ordinal)));
        _anyCountry = Table(rows.Where(row => row.Match.EndsWith(CountryEnding, StringComparison.Ordinal))
            .Select(row => (row.Match[..^CountryEnding.Length], row.Source)));
        _words = Words(rows);
    }

    /// <summary>The table that comes with the program.</summary>
    public static KnownSources Bundled { get; } = new([.. BundledRows()], TrafficSources.RulesVersion);

    /// <summary>Version of the rules of sources and channels: the program's, and of an operator's rows a hash.</summary>
    public string Version { get; }

    /// <summary>The bundled table with an operator's rows over it: one of theirs takes the place of the bundled one for the same match.</summary>
    /// <param name="text">Lines of a match, a kind and a source, separated by tabs; empty lines and those that begin with # say nothing.</param>
    /// <exception cref="FormatException">A line is not of three columns, or of no known kind; the message gives its number.</exception>
    public static KnownSources BundledWith(string text)
    {
        var own = Read(text);
        var replaced = own.Select(row => row.Match).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var hash = Convert.ToHexStringLower(XxHash128.Hash(Encoding.UTF8.GetBytes(text)))[..8];
        return new KnownSources([.. own, .. BundledRows().Where(row => !replaced.Contains(row.Match))], $"{TrafficSources.RulesVersion}+{hash}");
    }

    /// <summary>The source a host belongs to, or null.</summary>
    public KnownSource? ByHost(ReadOnlySpan<char> host)
    {
        for (var rest = host; !rest.IsEmpty;)
        {
            if (_domains.TryGetValue(rest, out var source) || ByAnyCountry(rest, out source))
                return source;
            var dot = rest.IndexOf('.');
            rest = dot < 0 ? default : rest[(dot + 1)..];
        }
        return null;
    }

    /// <summary>What a source is, by the name that a report or a utm_source gives it: a word, a name of the table, or a host.</summary>
    public SourceKind KindOf(string source)
    {
        if (_words.TryGetValue(source, out var known))
            return known.Kind;
        return source.Contains('.') ? ByHost(source)?.Kind ?? SourceKind.Other : SourceKind.Other;
    }

    bool ByAnyCountry(ReadOnlySpan<char> host, out KnownSource? source)
    {
        // The ending is one label (com, de) or two (co.uk, com.br), so at most the last two dots can begin it.
        var end = host.Length;
        for (var labels = 1; labels <= 2; labels++)
        {
            end = host[..end].LastIndexOf('.');
            if (end <= 0)
                break;
            if (IsEnding(host[(end + 1)..]) && _anyCountry.TryGetValue(host[..end], out source))
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

    static FrozenDictionary<string, KnownSource>.AlternateLookup<ReadOnlySpan<char>> Table(IEnumerable<(string Match, KnownSource Source)> rows) => rows
        .ToFrozenDictionary(row => row.Match, row => row.Source, StringComparer.OrdinalIgnoreCase)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    static FrozenDictionary<string, KnownSource> Words(IReadOnlyList<(string Match, KnownSource Source)> rows)
    {
        var words = new Dictionary<string, KnownSource>(StringComparer.OrdinalIgnoreCase);
        foreach (var (match, source) in rows)
        {
            words.TryAdd(source.Name, source);
            if (!match.Contains('.'))
                words[match] = source;
        }
        return words.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    static List<(string Match, KnownSource Source)> Read(string text)
    {
        var rows = new Dictionary<string, KnownSource>(StringComparer.OrdinalIgnoreCase);
        foreach (var (index, line) in text.Split('\n').Index())
        {
            var cells = line.TrimEnd('\r').Split('\t');
            if (cells[0].Length == 0 || cells[0][0] == '#')
                continue;
            if (cells.Length != 3 || cells[2].Length == 0 || !Enum.TryParse<SourceKind>(cells[1], ignoreCase: true, out var kind) || !Enum.IsDefined(kind))
            {
                throw new FormatException(FormattableString.Invariant(
                    $"line {index + 1} is not a match, one of {string.Join(", ", Enum.GetNames<SourceKind>()).ToLowerInvariant()}, and a source, separated by tabs"));
            }
            rows[cells[0]] = new KnownSource(cells[2], kind);
        }
        return [.. rows.Select(row => (row.Key, row.Value))];
    }

    static IEnumerable<(string Match, KnownSource Source)> BundledRows() => EmbeddedTable.Rows("sources.tsv", 3)
        .Select(row => (row[0], new KnownSource(row[2], Enum.Parse<SourceKind>(row[1], ignoreCase: true))));
}
