using Footfall.Core.HitLog;
using Footfall.Core.Pipeline;
using Footfall.Core.Reports;
using Footfall.Core.Rollups;
using Footfall.Core.Sites;

namespace Footfall.Tests.Contracts;

/// <summary>
/// Before a site's first question in a time zone, makes its rollups with the maker itself, and then takes some out again as a late event would: about a
/// third of the days stay open. Each question is then asked with another choice of them.
/// </summary>
sealed class SomeDaysRolled(RollupReportEngine engine, IRollupSource source, IRollupStore store) : IReportEngine
{
    readonly Random _random = new(7);
    string? _zone;

    public async ValueTask<ReportAnswer> RunAsync(ReportQuery query, CancellationToken cancellation)
    {
        var site = query.Site;
        if (_zone != site.TimeZone || _random.Next(24) == 0)
            await RollUpAsync(site, cancellation);
        return await engine.RunAsync(query, cancellation);
    }

    public ValueTask<RealtimeAnswer> RealtimeAsync(Site site, DateTimeOffset now, CancellationToken cancellation) =>
        engine.RealtimeAsync(site, now, cancellation);

    public ValueTask<IReadOnlyList<SiteTraffic>> TrafficAsync(DateTimeOffset now, CancellationToken cancellation) =>
        engine.TrafficAsync(now, cancellation);

    async Task RollUpAsync(Site site, CancellationToken cancellation)
    {
        var sites = new SiteDirectory();
        sites.Load([site]);
        var maker = new RollupMaker(source, store, sites, TimeProvider.System, new RollupMakerOptions { EventsMin = 0, DaysMax = 5000, Rest = 0 });
        await maker.MakeAsync(site.Id, cancellation);
        _zone = site.TimeZone;
        var rolled = await store.SiteAsync(site.Id, cancellation);
        var late = rolled.Days.Where(_ => _random.Next(3) == 0).Select(day => new SiteDay(site.Id, day.Day)).ToList();
        // The warehouse of the test stands at 10, so that what is touched through 10 can be made again.
        if (late.Count > 0)
            await store.TouchAsync(late, new LogPosition(0, 10), cancellation);
    }
}
