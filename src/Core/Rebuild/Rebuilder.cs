using Footfall.Core.Archive;
using Footfall.Core.Enrichment;
using Footfall.Core.HitLog;
using Footfall.Core.Pipeline;
using Footfall.Core.Reports;
using Footfall.Core.Sites;
using Footfall.Core.Warehouse;

namespace Footfall.Core.Rebuild;

/// <summary>
/// Makes history anew beside the live one, one step at a time. A step begins from what the versions' files say, so that one that was broken off,
/// wherever that was, is done again; the state that it returns is to be kept before the next.
///    (1) Copy: the live rows of the sites, aside: the version before. It follows the log from now on by itself.
///    (2) Replay: all raw hits through today's logic into the version after.
///    (3) Combine: what is not to be replaced, or cannot be made again, comes from the version before.
///    (4) Compare: the same reports of both, at one position.
///    (5) When somebody wants it: the processor rests, the version takes in the last hits, and its rows take the place of the live ones.
/// A rollback is the same switch the other way: the version before has followed the log, so what came since counts in it once.
/// </summary>
/// <param name="history">Opens every hit there is as one log, for one reader.</param>
/// <param name="watch">Told before and after rows are replaced; null where nobody keeps rollups or answers.</param>
public sealed class Rebuilder(
    IRebuildStore store, IWarehouse live, Func<IHitLog> history, IArchive archive, Processors processors, SiteDirectory sites, EnrichmentRules rules,
    TimeProvider clock, ProcessorOptions options, CommitWatch? watch = null)
{
    const int Partition = 0;

    /// <summary>The year 2200: reports end before it.</summary>
    const long LastInstant = 7_258_118_400_000;

    /// <summary>How far the reading of raw hits is; null while none are read.</summary>
    public RebuildProgress? Progress { get; private set; }

    /// <summary>A rebuild to begin.</summary>
    /// <param name="siteIds">Whose history; null is everybody's.</param>
    public RebuildState Begin(string id, IReadOnlyList<int>? siteIds, DateOnly? from, DateOnly? to, bool dryRun, bool switchWhenReady) => new(
        id, siteIds, from, to, dryRun, switchWhenReady, clock.GetUtcNow(), DefinitionVersion.Of(rules), RebuildPhase.Copying,
        Wanted: null, HistoryStart: 0, Remainder: null);

    /// <summary>Does the next step.</summary>
    /// <returns>The state to be kept, and the difference when this step found it.</returns>
    public async Task<(RebuildState State, RebuildDifference? Difference)> StepAsync(RebuildState state, CancellationToken cancellation)
    {
        // A program that was replaced half-way makes something else of hits: what was made so far is of no use.
        if (state.Phase < RebuildPhase.Ready && state.Definition != DefinitionVersion.Of(rules))
            state = state with { Definition = DefinitionVersion.Of(rules), Phase = RebuildPhase.Copying };
        try
        {
            return state switch
            {
                { Wanted: { } side } => (await SwitchAsync(state, side, cancellation), null),
                { Phase: RebuildPhase.Copying } => (await CopyAsync(state, cancellation), null),
                { Phase: RebuildPhase.Replaying } => (await ReplayAsync(state, cancellation), null),
                { Phase: RebuildPhase.Combining } => (await CombineAsync(state, cancellation), null),
                { Phase: RebuildPhase.Comparing } => await CompareAsync(state, cancellation),
                _ => (state, null),
            };
        }
        finally
        {
            Progress = null;
        }
    }

    async Task<RebuildState> CopyAsync(RebuildState state, CancellationToken cancellation)
    {
        store.Delete();
        await store.CopyLiveAsync(state.Sites, cancellation);
        return state with { Phase = RebuildPhase.Replaying, HistoryStart = history().Start(Partition).Offset };
    }

    async Task<RebuildState> ReplayAsync(RebuildState state, CancellationToken cancellation)
    {
        await BringAsync(state, RebuildSide.After, await LivePositionAsync(cancellation), cancellation);
        return state with { Phase = RebuildPhase.Combining };
    }

    async Task<RebuildState> CombineAsync(RebuildState state, CancellationToken cancellation)
    {
        await BringBothAsync(state, cancellation);
        var remainder = await store.CombineAsync(await ScopeAsync(state, cancellation), cancellation);
        return state with { Phase = RebuildPhase.Comparing, Remainder = remainder };
    }

    async Task<(RebuildState State, RebuildDifference Difference)> CompareAsync(RebuildState state, CancellationToken cancellation)
    {
        var position = await BringBothAsync(state, cancellation);
        var known = await DaysAsync(cancellation);
        RebuildDifference difference = null!;
        await store.ReadBothAsync(
            async (before, after) =>
            {
                var comparison = new VersionComparison(before, after);
                foreach (var (id, days) in known.OrderBy(one => one.Key))
                {
                    var range = new DateRange(Later(days.From, state.From), Earlier(days.To, state.To));
                    if (range.From <= range.To && sites.ById(id) is { } site)
                        await comparison.AddAsync(site, range, cancellation);
                }
                difference = comparison.Result(position);
            },
            cancellation);
        if (state.DryRun)
            store.Delete();
        var ready = state with
        {
            Phase = state.DryRun ? RebuildPhase.Compared : RebuildPhase.Ready,
            Wanted = state is { DryRun: false, SwitchWhenReady: true } ? RebuildSide.After : null,
        };
        return (ready, difference);
    }

    async Task<RebuildState> SwitchAsync(RebuildState state, RebuildSide side, CancellationToken cancellation)
    {
        // Nearly all of it while the processor goes on.
        await BringAsync(state, side, await LivePositionAsync(cancellation), cancellation);
        var change = new HistoryChange(state.Sites, state.From?.AddDays(-1), null);
        await processors.WhileRestingAsync(
            async resting =>
            {
                if (store.LiveSide(state.Id) != side)
                {
                    await BringAsync(state, side, await LivePositionAsync(resting), resting);
                    await DropKeptAsync(change, resting);
                    await store.SwitchAsync(state.Id, side, state.Sites, resting);
                }
                // Also after a crash that came between the switch and this: whoever keeps sums on disk has not heard of it. Not to be broken off: the
                // processor must not go on, nor an answer be kept, while something is left of the old rows.
                await DropKeptAsync(change, CancellationToken.None);
                return change;
            },
            cancellation);
        return state with { Phase = side == RebuildSide.After ? RebuildPhase.Switched : RebuildPhase.RolledBack, Wanted = null };
    }

    ValueTask DropKeptAsync(HistoryChange change, CancellationToken cancellation) => watch?.ReplacedAsync(change, cancellation) ?? ValueTask.CompletedTask;

    async Task<LogPosition> BringBothAsync(RebuildState state, CancellationToken cancellation)
    {
        var position = await LivePositionAsync(cancellation);
        await BringAsync(state, RebuildSide.After, position, cancellation);
        await BringAsync(state, RebuildSide.Before, position, cancellation);
        return position;
    }

    /// <summary>Brings a version to a position at which the live warehouse is or was: it is never ahead of that.</summary>
    async Task BringAsync(RebuildState state, RebuildSide side, LogPosition end, CancellationToken cancellation)
    {
        await using var version = store.Open(side);
        var hits = 0L;
        var began = clock.GetTimestamp();
        var start = new LogPosition(Partition, state.HistoryStart);
        var known = (await version.StateAsync(Partition, cancellation)).Position;
        var first = known.Offset == 0 ? start : known;
        var replay = new Replay(history(), version, sites, rules, state.Sites?.ToHashSet(), clock, options, side == RebuildSide.After ? await LeftAsideAsync(state, cancellation) : null)
        {
            Settled = (position, more) => Progress = new RebuildProgress(position, start, first, end, hits += more, clock.GetElapsedTime(began).TotalSeconds),
        };
        await replay.RunToAsync(start, end, cancellation);
    }

    /// <summary>
    /// Where the versions are to be combined, what is set aside stays so: an event that passes now may be on a day that is not taken, and its ids
    /// would then be known without it. A replay takes it in.
    /// </summary>
    /// <returns>Null when everything is made anew.</returns>
    async Task<Dictionary<(long Offset, int Index), SetAsideHit>?> LeftAsideAsync(RebuildState state, CancellationToken cancellation)
    {
        if (state.From is null && state.To is null && state.HistoryStart == 0 && live.Damage().Count == 0)
            return null;
        await using var before = store.Open(RebuildSide.Before);
        return (await before.SetAsideAsync(Partition, site: null, (-1, 0), int.MaxValue, cancellation)).ToDictionary(hit => (hit.Offset, hit.Index));
    }

    async ValueTask<LogPosition> LivePositionAsync(CancellationToken cancellation) => (await live.StateAsync(Partition, cancellation)).Position;

    async Task<RebuildScope> ScopeAsync(RebuildState state, CancellationToken cancellation)
    {
        var known = await DaysAsync(cancellation);
        var safeFrom = archive.Segments(Partition) is [var oldest, ..] ? oldest.FirstReceivedAt + (options.DedupeDays * 86_400_000L) : 0;
        var days = new List<DayStart>();
        var spans = new List<SiteSpan>();
        foreach (var (id, range) in known)
        {
            if (sites.ById(id) is not { } site)
                continue;
            for (var day = range.From; day <= range.To; day = day.AddDays(1))
                days.Add(new DayStart(id, day, StartOf(site, day)));
            spans.Add(new SiteSpan(
                id, state.From is { } from ? StartOf(site, from) : 0, state.To is { } to ? StartOf(site, to.AddDays(1)) : LastInstant));
        }
        return new RebuildScope(state.From is null && state.To is null ? null : spans, state.HistoryStart, safeFrom, days);
    }

    /// <summary>The days of each site from the first to the last on which either version has something.</summary>
    async Task<Dictionary<int, DateRange>> DaysAsync(CancellationToken cancellation)
    {
        var found = new Dictionary<int, DateRange>();
        foreach (var side in Enum.GetValues<RebuildSide>())
        {
            await using var version = store.Open(side);
            foreach (var made in await version.DefinitionsAsync(cancellation))
            {
                found[made.Site] = found.TryGetValue(made.Site, out var known)
                    ? new DateRange(Earlier(known.From, made.From), Later(known.To, made.To))
                    : new DateRange(made.From, made.To);
            }
        }
        return found;
    }

    static long StartOf(Site site, DateOnly day) => new DateTimeOffset(LocalTime.StartOf(day, site.Zone)).ToUnixTimeMilliseconds();

    static DateOnly Later(DateOnly one, DateOnly? other) => other is { } day && day > one ? day : one;

    static DateOnly Earlier(DateOnly one, DateOnly? other) => other is { } day && day < one ? day : one;
}
