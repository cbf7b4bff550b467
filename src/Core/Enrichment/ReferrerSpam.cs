using System.Collections.Frozen;

namespace Footfall.Core.Enrichment;

/// <summary>Domains that send visits which only exist to be seen in reports; the table is spam_referrers.tsv.</summary>
public static class ReferrerSpam
{
    static readonly FrozenSet<string> Domains = EmbeddedTable.Rows("spam_referrers.tsv", 1)
        .Select(row => row[0])
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Domains.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Why a referrer's host makes its event a bot's, such as <c>referrer spam: semalt.com</c>; null when it does not.</summary>
    public static string? Reason(ReadOnlySpan<char> host)
    {
        for (var rest = host; !rest.IsEmpty;)
        {
            if (Lookup.TryGetValue(rest, out var domain))
                return $"referrer spam: {domain}";
            var dot = rest.IndexOf('.');
            rest = dot < 0 ? default : rest[(dot + 1)..];
        }
        return null;
    }
}
