using System.Collections.Frozen;

namespace Footfall.Core.Enrichment;

/// <summary>The table of click ids, click_ids.tsv.</summary>
public static class ClickIds
{
    static readonly FrozenDictionary<string, ClickId> All = EmbeddedTable.Rows("click_ids.tsv", 3)
        .ToFrozenDictionary(row => row[0], row => new ClickId(row[0], row[1], row[2]), StringComparer.OrdinalIgnoreCase);

    static readonly FrozenDictionary<string, ClickId>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        All.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The click id that a query parameter is, or null.</summary>
    public static ClickId? Find(ReadOnlySpan<char> parameter) => Lookup.TryGetValue(parameter, out var id) ? id : null;
}
