using Footfall.Core.Rollups;
using Footfall.Core.Sites;

namespace Footfall.Core.Reports;

/// <summary>
/// Answers from rollups what <see cref="RollupPlan"/> says they can answer, and hands everything else to the engine behind it. Days that have a rollup are
/// added up from it; days that have none are read from the warehouse as the same slices, so that open and closed days merge exactly: a visit over
/// midnight counts once, and so does a visitor of many days. What was read is of one moment: the store is asked again afterwards, and when a rollup that
/// was used has been taken out meanwhile the question is asked anew.
/// </summary>
/// <param name="definitionVersion">The processing logic stated where there is nothing that any could have made.</param>
public sealed class RollupReportEngine(
    IReportEngine engine, IRollupSource source, IRollupStore store, RollupMemory memory, Func<string> definitionVersion, TimeProvider clock) : IReportEngine
{
    const int Attempts = 3;

    /// <summary>Days without a rollup that are read one by one; a question with more is the engine's, which reads all of them at once.</summary>
    const int OpenDaysMax = 8;

    /// <summary>No event is believed to be further ahead of its receipt, whatever a site's settings say; and a clock may have been put back.</summary>
    static readonly TimeSpan AheadMax = TimeSpan.FromDays(1);

    public async ValueTask<ReportAnswer> RunAsync(ReportQuery query, CancellationToken cancellation)
    {
        if (RollupPlan.For(query) is null || (query.Compare is { } range && RollupPlan.For(query with { Range = range }) is null))
            return await engine.RunAsync(query, cancellation);
        var asked = query.AllTime ? await FromFirstEventAsync(query, cancellation) : query;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var rolled = await store.SiteAsync(query.Site.Id, cancellation);
            var days = DaysOf(asked, rolled);
            if (days.Open.Count > Math.Min(OpenDaysMax, days.Closed.Count))
                break;
            if (await TryAnswerAsync(asked, rolled.Generation, days, cancellation) is { } answer)
                return answer;
        }
        return await engine.RunAsync(query, cancellation);
    }

    public ValueTask<RealtimeAnswer> RealtimeAsync(Site site, DateTimeOffset now, CancellationToken cancellation) =>
        engine.RealtimeAsync(site, now, cancellation);

    public ValueTask<IReadOnlyList<SiteTraffic>> TrafficAsync(DateTimeOffset now, CancellationToken cancellation) =>
        engine.TrafficAsync(now, cancellation);

    /// <returns>Null when a rollup that was needed went away meanwhile.</returns>
    async ValueTask<ReportAnswer?> TryAnswerAsync(
        ReportQuery query, long generation, (List<RolledDay> Closed, List<DateOnly> Open) days, CancellationToken cancellation)
    {
        var plan = RollupPlan.For(query)!;
        var reading = await source.ReadAsync(query.Site, days.Open, plan.Dimension is { } dimension ? [dimension] : [], cancellation);
        var here = await LoadAsync(query.Range);
        var there = query.Compare is { } compared ? await LoadAsync(compared) : null;
        if (here is null || (query.Compare is not null && there is null) || !await IsStillSoAsync(query.Site.Id, generation, days.Closed, cancellation))
            return null;
        var part = Paged(query, new RollupAnswer(plan, query.Range, here).Compute(only: null, reading.CompleteUntil));
        var comparison = there is null ? null : Compared(plan, query, part, there, reading.CompleteUntil);
        var madeBy = MadeBy.Union(days.Closed.Select(day => day.Basis).Distinct().Select(basis => RollupDimensions.MadeByOf(basis, query.Site.TimeZone)!).Append(reading.MadeBy));
        return ReportParts.Answer(query, part, comparison, madeBy.Length == 0 ? definitionVersion() : madeBy);

        ValueTask<LoadedRollups?> LoadAsync(DateRange range) => memory.LoadAsync(
            query.Site.Id,
            generation,
            plan.Dimension,
            [.. days.Closed.Where(day => range.Contains(day.Day))],
            [.. reading.Slices.Where(slice => range.Contains(slice.Day))],
            cancellation);
    }

    static ReportPart Paged(ReportQuery query, ReportPart part) => query.Series is not null || query.Dimensions.Count == 0
        ? ReportParts.Complete(query, part)
        : part with { Rows = [.. RollupAnswer.Ordered(query, part.Rows).Skip(query.Offset).Take(query.Limit)] };

    static ComparedAnswer Compared(RollupPlan plan, ReportQuery query, ReportPart part, LoadedRollups there, DateTime? completeUntil)
    {
        var range = query.Compare!.Value;
        var only = plan.RowsAreValues && query.Series is null ? part.Rows.Select(row => row.Dimensions[0]).ToHashSet(StringComparer.Ordinal) : null;
        return ReportParts.Compared(query, part.Rows, range, new RollupAnswer(plan, range, there).Compute(only, completeUntil));
    }

    /// <summary>
    /// Whether the rollups that were used are still in the store. A writer takes them out before it commits what changes their days, so when they are
    /// there after the warehouse was read, what was read knows of no such change.
    /// </summary>
    async ValueTask<bool> IsStillSoAsync(int site, long generation, List<RolledDay> closed, CancellationToken cancellation)
    {
        var now = await store.SiteAsync(site, cancellation);
        var editions = now.Days.ToDictionary(day => day.Day, day => day.Edition);
        return now.Generation == generation && closed.TrueForAll(day => editions.GetValueOrDefault(day.Day) == day.Edition);
    }

    /// <summary>The days of the range and of what it is compared with: those with a rollup, and those to be read from the warehouse. Oldest first.</summary>
    (List<RolledDay> Closed, List<DateOnly> Open) DaysOf(ReportQuery query, RolledSite rolled)
    {
        var good = rolled.Days.Where(day => RollupDimensions.MadeByOf(day.Basis, query.Site.TimeZone) is not null).ToDictionary(day => day.Day);
        var first = good.Values.Where(day => day.IsFirst).Select(day => day.Day).Append(DateOnly.MinValue).Max();
        var last = LocalTime.DayOf((clock.GetUtcNow() + AheadMax).UtcDateTime, query.Site.Zone);
        var closed = new List<RolledDay>();
        var open = new List<DateOnly>();
        foreach (var day in query.Compare is { } range ? query.Range.Each().Union(range.Each()).Order() : query.Range.Each())
        {
            if (day < first || day > last)
                continue;
            if (good.TryGetValue(day, out var known))
                closed.Add(known);
            else
                open.Add(day);
            // More will not be read; a range of centuries is not walked through for it.
            if (open.Count > OpenDaysMax)
                break;
        }
        return (closed, open);
    }

    async ValueTask<ReportQuery> FromFirstEventAsync(ReportQuery query, CancellationToken cancellation)
    {
        var extent = await source.ExtentAsync(query.Site, cancellation);
        return query with { Range = query.Range.Since(extent.First, query.Site.Zone), AllTime = false };
    }
}
