using DuckDB.NET.Data;
using Footfall.Core.Rebuild;
using Footfall.Core.Reports;
using Footfall.Core.Warehouse;

namespace Footfall.Adapters.DuckDb;

/// <summary>
/// The two versions of a rebuild as files beside the live one, of the same tables. Rows go from one file to another inside DuckDB, which writes
/// to one file a transaction: each step changes one of them alone, and can be done again.
/// </summary>
/// <param name="folder">Where the versions are kept; made when needed.</param>
/// <param name="memoryMiB">What each open version may use.</param>
/// <param name="reportTimeout">How long one question of the comparison may take.</param>
public sealed class DuckDbRebuildStore(DuckDbWarehouse live, string folder, int memoryMiB, TimeSpan reportTimeout, TimeProvider time) : IRebuildStore
{
    const string Combined = "combined";

    public async ValueTask CopyLiveAsync(IReadOnlyCollection<int>? sites, CancellationToken cancellation)
    {
        DeleteFile(RebuildSide.Before);
        await Open(RebuildSide.Before).DisposeAsync();
        using var reader = live.Connect();
        Attached(reader, RebuildSide.Before, "version", () =>
        {
            Want(reader, sites, "SELECT DISTINCT site FROM ledger");
            InTransaction(reader, () => reader.RunScript("CopyLive.sql"));
        });
    }

    /// <summary>With one thread, because what fills it keeps the other cores busy: several that wait for each other take a tenth more of a processor.</summary>
    public IWarehouse Open(RebuildSide side) => Open(side, threads: 1);

    DuckDbWarehouse Open(RebuildSide side, int? threads)
    {
        Directory.CreateDirectory(folder);
        return DuckDbWarehouse.Open(PathOf(side), memoryMiB, threads);
    }

    public async ValueTask<RebuildRemainder> CombineAsync(RebuildScope scope, CancellationToken cancellation)
    {
        await using var after = Open(RebuildSide.After, threads: null);
        using var writer = after.Connect();
        if (Remainder(writer) is { } done)
            return done;
        Attached(writer, RebuildSide.Before, "before", () => VersionCombination.Run(writer, scope, left => Mark(writer, "", Combined, left)));
        return Remainder(writer)!;
    }

    public async ValueTask ReadBothAsync(Func<IReportEngine, IReportEngine, Task> work, CancellationToken cancellation)
    {
        await using var before = Open(RebuildSide.Before, threads: null);
        await using var after = Open(RebuildSide.After, threads: null);
        using var older = new DuckDbReportEngine(before.Connect, reportTimeout, 1, () => "", time);
        using var newer = new DuckDbReportEngine(after.Connect, reportTimeout, 1, () => "", time);
        await work(older, newer);
    }

    public async ValueTask SwitchAsync(string rebuild, RebuildSide side, IReadOnlyCollection<int>? sites, CancellationToken cancellation)
    {
        // The version's own log of changes is worked into its file when it was last closed; opening and closing it makes sure of that.
        await Open(side).DisposeAsync();
        using var holder = live.Connect();
        Attach(holder, side, "version");
        try
        {
            await live.ReplaceAsync(
                writer =>
                {
                    Want(writer, sites, "SELECT site FROM ledger UNION SELECT site FROM version.ledger");
                    if (writer.Rows("SELECT count(*) FROM version.warehouse_state v SEMI JOIN warehouse_state USING (partition, log_offset)", row => row.GetInt64(0))[0] == 0)
                        throw new InvalidOperationException("The version and the warehouse do not stand at one position.");
                    VersionCombination.Shift(writer, "warehouse_state");
                    writer.RunScript("SwitchVersion.sql");
                    writer.Run("DELETE FROM rebuild_version");
                    Mark(writer, rebuild, NameOf(side), new RebuildRemainder(0, 0));
                },
                cancellation);
        }
        finally
        {
            holder.Run("DETACH version");
        }
    }

    public RebuildSide? LiveSide(string rebuild)
    {
        using var reader = live.Connect();
        return reader.Rows("SELECT version FROM rebuild_version WHERE rebuild = $rebuild", row => row.GetString(0), ("rebuild", rebuild)) switch
        {
            ["before"] => RebuildSide.Before,
            ["after"] => RebuildSide.After,
            _ => null,
        };
    }

    public bool Has(RebuildSide side) => File.Exists(PathOf(side));

    public void Delete()
    {
        DeleteFile(RebuildSide.Before);
        DeleteFile(RebuildSide.After);
    }

    static RebuildRemainder? Remainder(DuckDBConnection version) => version
        .Rows("SELECT visits_left, events_left FROM rebuild_version", row => new RebuildRemainder(row.GetInt64(0), row.GetInt64(1))).FirstOrDefault();

    void DeleteFile(RebuildSide side)
    {
        if (!Directory.Exists(folder))
            return;
        File.Delete(PathOf(side));
        File.Delete(PathOf(side) + ".wal");
    }

    string PathOf(RebuildSide side) => Path.Combine(folder, NameOf(side) + ".duckdb");

    static string NameOf(RebuildSide side) => side == RebuildSide.Before ? "before" : "after";

    void Attached(DuckDBConnection connection, RebuildSide side, string name, Action work)
    {
        Attach(connection, side, name);
        try
        {
            work();
        }
        finally
        {
            connection.Run($"DETACH {name}");
        }
    }

    /// <summary>ATTACH takes no parameters; the path is of our own data folder, and quoted.</summary>
    void Attach(DuckDBConnection connection, RebuildSide side, string name) =>
        connection.Run($"ATTACH '{PathOf(side).Replace("'", "''", StringComparison.Ordinal)}' AS {name}");

    static void Want(DuckDBConnection connection, IReadOnlyCollection<int>? sites, string all)
    {
        connection.Run($"CREATE OR REPLACE TEMP TABLE wanted AS {(sites is null ? all : "SELECT unnest($sites)::INTEGER AS site")}", sites is null ? [] : [("sites", sites.ToList())]);
    }

    static void Mark(DuckDBConnection connection, string rebuild, string version, RebuildRemainder left) => connection.Run(
        "INSERT INTO rebuild_version VALUES ($rebuild, $version, $visits, $events)",
        ("rebuild", rebuild), ("version", version), ("visits", left.Visits), ("events", left.Events));

    static void InTransaction(DuckDBConnection connection, Action work)
    {
        using var transaction = connection.BeginTransaction();
        work();
        transaction.Commit();
    }
}
