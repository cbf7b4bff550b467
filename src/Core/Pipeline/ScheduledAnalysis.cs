using Footfall.Core.Leases;
using Footfall.Core.Reports;
using Footfall.Core.Rollups;
using Footfall.Core.Sites;

namespace Footfall.Core.Pipeline;

/// <summary>
/// The scheduled analysis of a cluster: reads what came into the warehouse since the run before, and makes the rollups that closed days of its sites lack.
/// Run by one process at a time. A run that was missed or failed is caught up by the next: positions move only with what was booked, and a day without a
/// rollup is found again.
/// </summary>
/// <param name="engine">What works it off, as runs state it.</param>
public sealed class ScheduledAnalysis(
    string engine, IGrowthSource growth, IAnalysisBook book, RollupMaker maker, IRollupStore rollups, SiteDirectory sites, TimeProvider clock, AnalysisOptions options)
{
    long _events;

    /// <summary>The newest run of this process; null before the first.</summary>
    public AnalysisRun? Last { get; private set; }

    /// <summary>Events read since the start of the process.</summary>
    public long Events => Interlocked.Read(ref _events);

    /// <summary>One run; it is recorded however it ends, unless it is cancelled.</summary>
    /// <returns>What it did, in a few words; null when there was nothing to do.</returns>
    public async Task<string?> RunAsync(ILease lease, CancellationToken cancellation)
    {
        var began = clock.GetTimestamp();
        var from = await book.PositionsAsync(cancellation);
        var run = new AnalysisRun(engine, clock.GetUtcNow(), TimeSpan.Zero, from, from, CompleteUntil: null, Events: 0, Sites: 0, Days: 0, Failure: null);
        try
        {
            run = await BookAsync(run, lease, cancellation);
            Interlocked.Add(ref _events, run.Events);
            run = await RollUpAsync(run, cancellation);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            run = run with { Failure = failure.Message };
            throw;
        }
        finally
        {
            Last = run with { Took = clock.GetElapsedTime(began) };
            if (!cancellation.IsCancellationRequested)
                await book.RecordAsync(Last, cancellation);
        }
        return run.Events == 0 && run.Days == 0
            ? null
            : FormattableString.Invariant($"{run.Events:N0} events of {run.Sites:N0} sites read, {run.Days:N0} days rolled up");
    }

    async Task<AnalysisRun> BookAsync(AnalysisRun run, ILease lease, CancellationToken cancellation)
    {
        var grown = await growth.SinceAsync(run.From, cancellation);
        if (!await book.AdvanceAsync(run.From, grown.Through, grown.Sites, lease.Epoch, cancellation))
            throw new InvalidOperationException("Another process has run the analysis meanwhile.");
        return run with
        {
            Through = grown.Through,
            CompleteUntil = grown.CompleteUntil is { } until ? new DateTimeOffset(until, TimeSpan.Zero) : null,
            Events = grown.Sites.Sum(site => site.Events),
            Sites = grown.Sites.Count,
        };
    }

    async Task<AnalysisRun> RollUpAsync(AnalysisRun run, CancellationToken cancellation)
    {
        if (options.RollupsFromEvents == 0)
            return run;
        var made = 0;
        var lacking = new List<int>();
        foreach (var site in await book.SitesAsync(options.RollupsFromEvents, cancellation))
        {
            if (await LacksAsync(site, cancellation))
                lacking.Add(site.Site);
        }
        await Parallel.ForEachAsync(lacking, new ParallelOptions { MaxDegreeOfParallelism = options.SitesAtOnce, CancellationToken = cancellation }, async (site, stop) =>
            Interlocked.Add(ref made, await maker.MakeAsync(site, stop)));
        return run with { Days = made };
    }

    /// <summary>Whether a closed day of the site may have no rollup. Asked for every site of every run, so it reads no warehouse.</summary>
    async ValueTask<bool> LacksAsync(SiteEvents booked, CancellationToken cancellation)
    {
        if (sites.ById(booked.Site) is not { } site)
            return false;
        var first = LocalTime.DayOf(DateTime.SpecifyKind(booked.First, DateTimeKind.Utc), site.Zone);
        return maker.Lacking(site, first, await rollups.SiteAsync(site.Id, cancellation)).Any();
    }
}
