using System.Collections.Concurrent;
using Footfall.Core.HitLog;
using Footfall.Core.Reports;
using Footfall.Core.Rollups;
using Footfall.Core.Sites;
using Footfall.Core.Warehouse;

namespace Footfall.Core.Pipeline;

/// <summary>
/// The loop that keeps rollups of closed days: those of every site at start, and of a site that events come in for, once its day is over and whenever a
/// rollup was taken out. Newest days first, one at a time, with rests between, so that reports and intake go on beside it. Two of them in two
/// processes do the same work twice and no harm.
/// </summary>
public sealed class RollupMaker(
    IRollupSource source, IRollupStore store, SiteDirectory sites, TimeProvider clock, RollupMakerOptions options)
{
    // When a site is to be looked at next. Bounded by the number of sites.
    readonly ConcurrentDictionary<int, DateTimeOffset> _due = new();

    /// <summary>Rollups made since the start of the process.</summary>
    public long Made { get; private set; }

    /// <summary>Works until cancelled; what fails is told and tried again.</summary>
    public async Task RunAsync(Action<Exception> failed, CancellationToken cancellation)
    {
        foreach (var site in sites.All)
            _due.TryAdd(site.Id, DateTimeOffset.MinValue);
        while (!cancellation.IsCancellationRequested)
        {
            foreach (var (site, due) in _due.Where(pair => pair.Value <= clock.GetUtcNow()))
            {
                try
                {
                    _due.TryRemove(KeyValuePair.Create(site, due));
                    await MakeAsync(site, cancellation);
                }
                catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
                {
                    return;
                }
                catch (Exception failure)
                {
                    LookAt(site, clock.GetUtcNow() + options.Again);
                    failed(failure);
                }
            }
            await Task.Delay(options.Every, clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Listens to a processor: a site that never had events has some now.</summary>
    public void Committed(WarehouseBatch batch)
    {
        foreach (var site in batch.Activity.Keys)
        {
            if (!_due.ContainsKey(site))
                LookAt(site, clock.GetUtcNow() + options.Again);
        }
    }

    /// <summary>Listens to a watch: rollups may have been taken out.</summary>
    public void Touched(int site) => LookAt(site, clock.GetUtcNow() + options.Again);

    /// <summary>Makes the rollups that a site lacks.</summary>
    /// <returns>How many were made.</returns>
    public async ValueTask<int> MakeAsync(int id, CancellationToken cancellation)
    {
        if (sites.ById(id) is not { } site)
            return 0;
        var extent = await source.ExtentAsync(site, cancellation);
        var made = 0;
        foreach (var (day, isFirst) in await MissingAsync(site, extent, cancellation))
        {
            var began = clock.GetTimestamp();
            // Whether a day is the first was found out before the day was read: what came in between may be of an earlier one.
            if (await MakeAsync(site, day, isFirst ? extent.Seen : null, cancellation) == PutOutcome.Stored)
                (made, Made) = (made + 1, Made + 1);
            else
                LookAt(id, clock.GetUtcNow() + options.Again);
            await Task.Delay(options.Rest * clock.GetElapsedTime(began), clock, cancellation);
        }
        return made;
    }

    /// <param name="firstAsOf">Where the warehouse stood when the day was the site's first; null when it is not.</param>
    async ValueTask<PutOutcome> MakeAsync(Site site, DateOnly day, IReadOnlyList<LogPosition>? firstAsOf, CancellationToken cancellation)
    {
        var generation = (await store.SiteAsync(site.Id, cancellation)).Generation;
        var reading = await source.ReadAsync(site, [day], RollupDimensions.All, cancellation);
        var visitors = SliceCodec.VisitorsOf(reading.Slices.Single(slice => slice.Dimension == RollupDimensions.Whole));
        var slices = reading.Slices.Select(slice => new RollupSlice(
            slice.Dimension, SliceCodec.Encode(slice, visitors, holdsVisitors: slice.Dimension == RollupDimensions.Whole))).ToList();
        var basis = RollupDimensions.Basis(site.TimeZone, reading.MadeBy);
        return await store.PutAsync(
            new RolledDay(site.Id, day, basis, IsFirst: firstAsOf is not null, Edition: 0), generation, firstAsOf ?? reading.Seen, slices, cancellation);
    }

    /// <summary>The closed days without a rollup, newest first. The site is looked at again when its day is over.</summary>
    async ValueTask<IReadOnlyList<(DateOnly Day, bool IsFirst)>> MissingAsync(Site site, SiteExtent extent, CancellationToken cancellation)
    {
        if (extent.First is not { } first)
            return [];
        LookAt(site.Id, new DateTimeOffset(LocalTime.StartOf(Today(site).AddDays(1), site.Zone) + options.After));
        if (extent.Events < options.EventsMin)
            return [];
        var firstDay = LocalTime.DayOf(DateTime.SpecifyKind(first, DateTimeKind.Utc), site.Zone);
        return [.. Lacking(site, firstDay, await store.SiteAsync(site.Id, cancellation)).Select(day => (day, day == firstDay))];
    }

    /// <summary>The closed days of a site without a rollup that is as it should be, newest first.</summary>
    /// <param name="first">The local day of its first event, whose rollup must say that it is.</param>
    public IEnumerable<DateOnly> Lacking(Site site, DateOnly first, RolledSite rolled)
    {
        var known = rolled.Days.Where(day => RollupDimensions.MadeByOf(day.Basis, site.TimeZone) is not null && (day.IsFirst || day.Day != first)).Select(day => day.Day).ToHashSet();
        return ClosedDays(site, first).Where(day => !known.Contains(day));
    }

    IEnumerable<DateOnly> ClosedDays(Site site, DateOnly first)
    {
        var today = Today(site);
        for (var day = today.AddDays(-1); day >= first && today.DayNumber - day.DayNumber <= options.DaysMax; day = day.AddDays(-1))
            yield return day;
    }

    DateOnly Today(Site site) => LocalTime.DayOf((clock.GetUtcNow() - options.After).UtcDateTime, site.Zone);

    void LookAt(int site, DateTimeOffset due) => _due.AddOrUpdate(site, due, (_, known) => known < due ? known : due);
}
