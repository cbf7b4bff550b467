using System.Globalization;
using Footfall.Core.Sites;

namespace Footfall.Core.Reports;

/// <summary>
/// Answers what somebody who opens the dashboard asks first, of the sites with most visitors, so that the answers lie in the cache by then: the numbers
/// on top and the chart of today, yesterday and the last 7 and 28 days, each beside the days before. What is in the cache under the version that the
/// data has is left alone. One pass at a time.
/// </summary>
/// <param name="engine">Its cache is the one that whoever shows reports asks.</param>
public sealed class HotAnswers(CachedReportEngine engine, SiteDirectory sites, TimeProvider clock, HotAnswersOptions options)
{
    static readonly string[] Periods = ["today", "yesterday", "7d", "28d"];

    // As web/dashboard/src/state/metrics.ts and period.ts have them: another question would be another answer.
    static readonly string[] TopMetrics = ["visitors", "visits", "pageviews", "views_per_visit", "bounce_rate", "engagement_rate", "visit_duration", "revenue"];
    static readonly string[] ChartMetrics = ["visitors"];

    IReadOnlyList<int> _active = [];
    DateTimeOffset _activeUntil;
    int _next;

    /// <summary>Prepares answers until all are there or the time is over; the next pass goes on with the site after.</summary>
    /// <returns>What was done, in words; null when every answer was there.</returns>
    public async Task<string?> PassAsync(CancellationToken cancellation)
    {
        var began = clock.GetTimestamp();
        var active = await ActiveAsync(cancellation);
        var (made, late, looked) = (0, 0, 0);
        for (; looked < active.Count && clock.GetElapsedTime(began) < options.PassMost; looked++)
        {
            if (sites.ById(active[_next++ % active.Count]) is not { } site)
                continue;
            foreach (var query in QuestionsOf(site))
            {
                try
                {
                    made += await engine.PrepareAsync(query, cancellation) ? 1 : 0;
                }
                catch (ReportTimeoutException)
                {
                    // Somebody who asks will be told; the others need not wait for it.
                    late++;
                }
            }
        }
        return made + late == 0
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{made} answers made ahead for {looked} of {active.Count} active sites, {late} took too long");
    }

    /// <summary>The questions of the dashboard, with its words, so that they have its keys.</summary>
    IEnumerable<ReportQuery> QuestionsOf(Site site)
    {
        var now = clock.GetUtcNow();
        foreach (var period in Periods)
        {
            var top = new ReportRequest { Metrics = TopMetrics, Period = period, Compare = "previous_period" };
            yield return ReportRequestParser.Parse(top, site, now).Query!;
            var chart = top with { Metrics = ChartMetrics, Dimensions = [period is "today" or "yesterday" ? "hour" : "day"] };
            yield return ReportRequestParser.Parse(chart, site, now).Query!;
        }
    }

    /// <summary>Those with visitors in the last 24 hours, most first. Counting them reads two days of all sites, so it is done now and then.</summary>
    async ValueTask<IReadOnlyList<int>> ActiveAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (now < _activeUntil)
            return _active;
        var traffic = await engine.TrafficAsync(now, cancellation);
        _active = [.. traffic.Where(site => site.Visitors > 0).OrderByDescending(site => site.Visitors).ThenBy(site => site.Site).Take(options.SitesMost).Select(site => site.Site)];
        _activeUntil = now + (_active.Count == 0 ? options.AskAgain : options.ActiveFor);
        return _active;
    }
}
