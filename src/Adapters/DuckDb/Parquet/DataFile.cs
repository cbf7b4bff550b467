namespace Footfall.Adapters.DuckDb.Parquet;

/// <summary>A Parquet file that a manifest names.</summary>
/// <param name="Table">The table of Schema.sql whose columns it has.</param>
/// <param name="Tier">How often its rows were merged; null when it is sorted, and holds rows of one period.</param>
/// <param name="Hash">XxHash3 of the file, in hexadecimal.</param>
/// <param name="SiteMin">The ranges are of the columns named so; null where the table has none.</param>
/// <param name="Sites">Every site that has rows in it, when they are few; null when they are many, or the table has none.</param>
/// <param name="From">Of the table's times, in milliseconds, inclusive.</param>
/// <param name="Until">Of the table's times, or of the ends of visits; in milliseconds, inclusive.</param>
sealed record DataFile(
    string Name, string Table, int? Tier, long Rows, long Bytes, string Hash,
    int? SiteMin, int? SiteMax, long? From, long? Until, long? VisitMin, long? VisitMax, IReadOnlyList<int>? Sites = null)
{
    /// <summary>How many sites of a file are told apart; a commit of a few seconds seldom has more.</summary>
    public const int SitesMax = 64;

    public bool MayHold(int? site) => site is not { } one || SiteMin is null || (SiteMin <= one && SiteMax >= one && (Sites is null || Sites.Contains(one)));

    /// <param name="from">Milliseconds, inclusive; null is from the first.</param>
    /// <param name="to">Milliseconds, exclusive; null is to the last.</param>
    public bool MayHold(long? from, long? to) => From is null || ((from is null || Until >= from) && (to is null || From < to));
}
