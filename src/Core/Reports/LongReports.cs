using Footfall.Core.Sites;

namespace Footfall.Core.Reports;

/// <summary>
/// Sends reports over many days to an engine that spreads them over machines, and all others to one that answers at once. What the far one cannot do at
/// the moment the near one does: it takes longer, and says the same.
/// </summary>
/// <param name="daysMin">Reports over at least so many days, and of all time, are long.</param>
/// <param name="failed">Told why a report was not answered by the far engine.</param>
public sealed class LongReports(IReportEngine near, IReportEngine far, int daysMin, Action<Exception> failed) : IReportEngine
{
    public async ValueTask<ReportAnswer> RunAsync(ReportQuery query, CancellationToken cancellation)
    {
        if (!IsLong(query))
            return await near.RunAsync(query, cancellation);
        try
        {
            return await far.RunAsync(query, cancellation);
        }
        catch (Exception failure) when (failure is not ReportTimeoutException && !cancellation.IsCancellationRequested)
        {
            failed(failure);
            return await near.RunAsync(query, cancellation);
        }
    }

    public ValueTask<RealtimeAnswer> RealtimeAsync(Site site, DateTimeOffset now, CancellationToken cancellation) => near.RealtimeAsync(site, now, cancellation);

    public ValueTask<IReadOnlyList<SiteTraffic>> TrafficAsync(DateTimeOffset now, CancellationToken cancellation) => near.TrafficAsync(now, cancellation);

    bool IsLong(ReportQuery query) => query.AllTime || query.Range.Days >= daysMin;
}
