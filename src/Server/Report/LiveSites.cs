using System.Collections.Concurrent;
using Footfall.Core.Pipeline;
using Footfall.Core.Reports;
using Footfall.Core.Sites;
using Footfall.Core.Warehouse;

namespace Footfall.Server.Report;

/// <summary>
/// Who listens to which site. The processor says which sites a commit changed; a site that somebody listens to is then asked about once, for all
/// who listen, at most once a second. Sites that nobody listens to cost one look-up a commit, and when nobody listens at all, nothing.
/// </summary>
sealed class LiveSites : IDisposable
{
    /// <summary>How many may listen to one site.</summary>
    public const int ListenersMax = 100;

    readonly ConcurrentDictionary<int, LiveSite> _sites = new();
    readonly Lock _gate = new();
    readonly Processors _processors;
    readonly IReportEngine _engine;
    readonly TimeProvider _clock;
    readonly ILogger<LiveSite> _logger;

    public LiveSites(Processors processors, IReportEngine engine, TimeProvider clock, ILogger<LiveSite> logger)
    {
        (_processors, _engine, _clock, _logger) = (processors, engine, clock, logger);
        processors.Committed += Changed;
    }

    /// <returns>Null when too many listen to the site already. Disposing it ends the listening.</returns>
    public LiveListener? Listen(Site site)
    {
        lock (_gate)
        {
            var live = _sites.GetOrAdd(site.Id, _ => new LiveSite(site, _engine, _clock, _logger));
            return live.Count < ListenersMax ? live.Add(listener => Leave(live, site.Id, listener)) : null;
        }
    }

    public void Dispose()
    {
        _processors.Committed -= Changed;
        foreach (var live in _sites.Values)
            live.Dispose();
    }

    void Leave(LiveSite live, int site, LiveListener listener)
    {
        lock (_gate)
        {
            if (live.Remove(listener) > 0)
                return;
            _sites.TryRemove(site, out _);
            live.Dispose();
        }
    }

    void Changed(WarehouseBatch batch)
    {
        if (_sites.IsEmpty)
            return;
        foreach (var site in batch.Activity.Keys)
        {
            if (_sites.TryGetValue(site, out var live))
                live.Change();
        }
    }
}
