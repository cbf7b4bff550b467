using DuckDB.NET.Data;
using Footfall.Core.HitLog;
using Footfall.Core.Rollups;

namespace Footfall.Adapters.DuckDb;

/// <summary>
/// Rollups in tables beside the warehouse's own, so that they go when it goes. Which days there are is known in memory, and so are the touches: whoever
/// makes a rollup lives in this process, and after a restart nobody can come with one that was begun before.
/// </summary>
public sealed class DuckDbRollupStore : IRollupStore, IDisposable
{
    /// <summary>Touches of a site that are remembered by the day; of more, the latest holds for all days.</summary>
    const int TouchesMax = 4096;

    /// <summary>Stands for all days of a site among the touches.</summary>
    static readonly DateOnly EveryDay = DateOnly.MinValue;

    readonly Func<DuckDBConnection> _open;
    readonly DuckDBConnection _writer;
    readonly SemaphoreSlim _writing = new(1, 1);

    // Held for moments only: by readers of the days, and by writers once the database has what they wrote.
    readonly Lock _gate = new();
    readonly Dictionary<int, RolledSite> _sites;
    readonly Dictionary<int, Dictionary<(DateOnly Day, int Partition), long>> _touches = [];
    long _edition;

    /// <param name="open">Opens a connection to the warehouse's database; closed here.</param>
    public DuckDbRollupStore(Func<DuckDBConnection> open)
    {
        (_open, _writer) = (open, open());
        var generations = _writer.Rows("SELECT site, generation FROM rollup_generations", row => (Site: row.GetInt32(0), Generation: row.GetInt64(1)));
        _sites = generations.ToDictionary(pair => pair.Site, pair => new RolledSite(pair.Generation, []));
        var days = _writer.Rows("SELECT site, day, basis, is_first, edition FROM rolled_days ORDER BY site, day", row => new RolledDay(
            row.GetInt32(0), row.GetFieldValue<DateOnly>(1), row.GetString(2), row.GetBoolean(3), row.GetInt64(4)));
        foreach (var site in days.GroupBy(day => day.Site))
            _sites[site.Key] = new RolledSite(SiteOf(site.Key).Generation, [.. site]);
        _edition = days.Select(day => day.Edition).Append(0).Max();
    }

    public ValueTask<RolledSite> SiteAsync(int site, CancellationToken cancellation)
    {
        lock (_gate)
            return new(SiteOf(site));
    }

    public ValueTask<IReadOnlyList<StoredSlice>> SlicesAsync(int site, string dimension, DateOnly from, DateOnly to, CancellationToken cancellation)
    {
        using var reader = _open();
        IReadOnlyList<StoredSlice> slices = reader.Rows(
            """
            SELECT day, edition, slice FROM rollup_slices
            WHERE site = $site AND dimension = $dimension AND day BETWEEN $from AND $to ORDER BY day
            """,
            row => new StoredSlice(row.GetFieldValue<DateOnly>(0), row.GetInt64(1), BytesOf(row, 2)),
            ("site", site), ("dimension", dimension), ("from", from), ("to", to));
        return new(slices);
    }

    public async ValueTask TouchAsync(IReadOnlyCollection<SiteDay> days, LogPosition through, CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation);
        try
        {
            foreach (var site in days.GroupBy(day => day.Site))
                Touch(site.Key, [.. site.Select(day => day.Day)], through);
        }
        finally
        {
            _writing.Release();
        }
    }

    public async ValueTask<PutOutcome> PutAsync(
        RolledDay day, long generation, IReadOnlyList<LogPosition> seen, IReadOnlyList<RollupSlice> slices, CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation);
        try
        {
            if (SiteOf(day.Site).Generation != generation || IsTouched(day, seen))
                return PutOutcome.Outdated;
            var stored = day with { Edition = _edition + 1 };
            InTransaction(() =>
            {
                Delete(stored.Site, [stored.Day]);
                foreach (var slice in slices)
                {
                    _writer.Run(
                        "INSERT INTO rollup_slices VALUES ($site, $day, $dimension, $edition, $slice)",
                        ("site", stored.Site), ("day", stored.Day), ("dimension", slice.Dimension), ("edition", stored.Edition), ("slice", slice.Bytes.ToArray()));
                }
                _writer.Run(
                    "INSERT INTO rolled_days VALUES ($site, $day, $basis, $first, $edition)",
                    ("site", stored.Site), ("day", stored.Day), ("basis", stored.Basis), ("first", stored.IsFirst), ("edition", stored.Edition));
            });
            _edition++;
            Replace(day.Site, known => known with { Days = [.. known.Days.Where(other => other.Day != day.Day).Append(stored).OrderBy(other => other.Day)] });
            return PutOutcome.Stored;
        }
        finally
        {
            _writing.Release();
        }
    }

    public async ValueTask DropAsync(int site, CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation);
        try
        {
            var generation = SiteOf(site).Generation + 1;
            // Before the database: nobody may read it from now on, whatever becomes of the deletion.
            Replace(site, _ => new RolledSite(generation, []));
            InTransaction(() =>
            {
                foreach (var table in (string[])["rolled_days", "rollup_slices", "rollup_generations"])
                    _writer.Run($"DELETE FROM {table} WHERE site = $site", ("site", site));
                _writer.Run("INSERT INTO rollup_generations VALUES ($site, $generation)", ("site", site), ("generation", generation));
            });
            Checkpoint();
        }
        finally
        {
            _writing.Release();
        }
    }

    public void Dispose()
    {
        _writer.Dispose();
        _writing.Dispose();
    }

    void Touch(int site, HashSet<DateOnly> days, LogPosition through)
    {
        Remember(_touches.TryGetValue(site, out var known) ? known : _touches[site] = [], days, through);
        var earliest = days.Min();
        var before = SiteOf(site);
        if (!before.Days.Any(day => days.Contains(day.Day) || (day.IsFirst && day.Day > earliest)))
            return;
        InTransaction(() =>
        {
            Delete(site, days);
            _writer.Run("UPDATE rolled_days SET is_first = false WHERE site = $site AND day > $day", ("site", site), ("day", earliest));
        });
        Replace(site, rolled => rolled with
        {
            Days = [.. rolled.Days.Where(day => !days.Contains(day.Day)).Select(day => day.Day > earliest ? day with { IsFirst = false } : day)],
        });
    }

    static void Remember(Dictionary<(DateOnly Day, int Partition), long> touches, HashSet<DateOnly> days, LogPosition through)
    {
        foreach (var day in days)
            touches[(day, through.Partition)] = through.Offset;
        if (touches.Count <= TouchesMax)
            return;
        var latest = touches.GroupBy(touch => touch.Key.Partition).Select(partition => (partition.Key, Offset: partition.Max(touch => touch.Value))).ToList();
        touches.Clear();
        foreach (var (partition, offset) in latest)
            touches[(EveryDay, partition)] = offset;
    }

    bool IsTouched(RolledDay day, IReadOnlyList<LogPosition> seen) => _touches.TryGetValue(day.Site, out var touches) && touches.Any(touch =>
        (touch.Key.Day == day.Day || touch.Key.Day == EveryDay || (day.IsFirst && touch.Key.Day < day.Day))
        && touch.Value > seen.Where(position => position.Partition == touch.Key.Partition).Select(position => position.Offset).Append(0).Max());

    void Delete(int site, IEnumerable<DateOnly> days)
    {
        var list = days.ToList();
        foreach (var table in (string[])["rolled_days", "rollup_slices"])
            _writer.Run($"DELETE FROM {table} WHERE site = $site AND day IN (SELECT unnest($days))", ("site", site), ("days", list));
    }

    void InTransaction(Action work)
    {
        using var transaction = _writer.BeginTransaction();
        work();
        transaction.Commit();
    }

    /// <summary>What was dropped leaves the file with a checkpoint. It must wait for those who read; then the next one takes it out.</summary>
    void Checkpoint()
    {
        try
        {
            _writer.Run("CHECKPOINT");
        }
        catch (DuckDBException)
        {
            // The rows are deleted all the same.
        }
    }

    RolledSite SiteOf(int site) => _sites.GetValueOrDefault(site) ?? new RolledSite(0, []);

    void Replace(int site, Func<RolledSite, RolledSite> change)
    {
        lock (_gate)
            _sites[site] = change(SiteOf(site));
    }

    static byte[] BytesOf(DuckDBDataReader row, int column)
    {
        using var stream = row.GetStream(column);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
