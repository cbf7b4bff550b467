using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Footfall.Core.Reports;
using Footfall.Core.Sites;

namespace Footfall.Adapters.DuckDb.Parquet;

/// <summary>
/// Versions that every process which reads a shared warehouse works out alike, without telling each other of anything: the version of some days is the
/// names and the hashes of the files that an answer about them can be made from. Files never change under their name, so that the same version is the
/// same data, in whichever process and after whatever restart. It costs one look for a newer manifest a partition. Thread-safe.
/// </summary>
public sealed class ParquetDataVersions(ParquetTables tables) : IDataVersions
{
    /// <summary>
    /// Local days begin and end up to 14 hours from those of UTC, and a visit with an event of a day may have others up to 24 hours before and after it.
    /// </summary>
    const int MarginDays = 2;

    static readonly HashSet<string> Read =
        [.. new[] { ParquetTable.Events, ParquetTable.Parts, ParquetTable.Visits, ParquetTable.Items, ParquetTable.Definitions, ParquetTable.Amended }.Select(table => table.Name)];

    public ValueTask<string?> OfAsync(Site site, DateRange days, CancellationToken cancellation)
    {
        var (from, to) = (Milliseconds(days.From.AddDays(-MarginDays)), Milliseconds(days.To.AddDays(1 + MarginDays)));
        var said = new StringBuilder();
        foreach (var (folder, manifest) in tables.Newest())
        {
            said.Append(CultureInfo.InvariantCulture, $"p{folder.Partition}\n");
            foreach (var file in manifest.Files.Where(file => Read.Contains(file.Table) && file.MayHold(site.Id) && file.MayHold(from, to)).OrderBy(file => file.Name, StringComparer.Ordinal))
                said.Append(CultureInfo.InvariantCulture, $"{file.Name} {file.Hash}\n");
        }
        return new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(said.ToString())).AsSpan(0, 20)));
    }

    static long Milliseconds(DateOnly day) => (day.ToDateTime(TimeOnly.MinValue) - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond;
}
