using System.IO.Hashing;
using System.Text;
using Footfall.Adapters.Sql;
using Footfall.Core.Reports;
using Footfall.Core.Sites;

namespace Footfall.Adapters.DuckDb.Parquet;

/// <summary>
/// Versions as the files of the shared warehouse tell them: the names of all that a report of the site and the days could open. A file never changes under
/// its name, and every commit, compaction and erasure makes new names, so the same names are the same rows, in whatever process and after whatever crash;
/// nobody needs to be told of a commit. A version also moves when the same rows are merged into another file, which only costs an answer. Thread-safe.
/// </summary>
public sealed class ParquetDataVersions(ParquetTables tables) : IDataVersions
{
    /// <summary>Of the partition that is furthest behind, of those that have ever had a hit.</summary>
    public DateTimeOffset? CompleteUntil =>
        tables.Newest().Where(partition => partition.Manifest.Offset > 0).Select(partition => (long?)partition.Manifest.CompleteUntil).Min() is { } earliest
            ? DateTimeOffset.FromUnixTimeMilliseconds(earliest)
            : null;

    public ValueTask<string?> OfAsync(Site site, DateRange days, CancellationToken cancellation)
    {
        var range = days.In(site.Zone);
        var scope = new ReportScope(site.Id, range.From, range.To, VisitsFrom: range.From);
        var hash = new XxHash128();
        foreach (var name in new ScopedFiles(tables.Newest(), scope).OfReports().Order(StringComparer.Ordinal))
            hash.Append(Encoding.UTF8.GetBytes(name + "\n"));
        return new(Convert.ToHexStringLower(hash.GetCurrentHash()));
    }
}
