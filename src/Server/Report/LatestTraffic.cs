using Footfall.Core.Reports;

namespace Footfall.Server.Report;

/// <summary>
/// The traffic of all sites, counted when somebody asks and at most every few seconds, whoever asks and however often. Who asks soon after gets
/// what was counted last, while it is counted again behind them; only who finds it older than a minute waits.
/// </summary>
sealed class LatestTraffic(IReportEngine engine, TimeProvider clock)
{
    static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(5);
    static readonly TimeSpan ShownFor = TimeSpan.FromMinutes(1);

    readonly Lock _gate = new();
    CountedTraffic? _counted;
    Task<CountedTraffic>? _counting;

    public async ValueTask<CountedTraffic> GetAsync(CancellationToken cancellation)
    {
        Task<CountedTraffic> counting;
        lock (_gate)
        {
            var age = _counted is null ? TimeSpan.MaxValue : clock.GetUtcNow() - _counted.CountedAt;
            if (age < FreshFor)
                return _counted!;
            counting = _counting ??= Task.Run(CountAsync, CancellationToken.None);
            if (age < ShownFor)
                return _counted!;
        }
        return await counting.WaitAsync(cancellation);
    }

    /// <summary>Counts for everyone who waits, so nobody's going away cancels it. A failure is told to those, and the next to ask tries again.</summary>
    async Task<CountedTraffic> CountAsync()
    {
        try
        {
            var now = clock.GetUtcNow();
            var counted = new CountedTraffic(now, await engine.TrafficAsync(now, CancellationToken.None));
            lock (_gate)
                _counted = counted;
            return counted;
        }
        finally
        {
            lock (_gate)
                _counting = null;
        }
    }
}
