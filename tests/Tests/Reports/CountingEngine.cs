using System.Collections.Concurrent;
using Footfall.Core.Reports;
using Footfall.Core.Sites;

namespace Footfall.Tests.Reports;

/// <summary>Says the same of everything, and counts how often it is asked.</summary>
sealed class CountingEngine : IReportEngine
{
    int _runs;

    public int Runs => _runs;

    /// <summary>The site of each question.</summary>
    public ConcurrentQueue<int> Asked { get; } = [];

    /// <summary>Sites with visitors, the fewest first.</summary>
    public IReadOnlyList<int> Active { get; set; } = [];

    /// <summary>What happens during each question.</summary>
    public Action? Running { get; set; }

    public TaskCompletionSource? Gate { get; set; }

    public TaskCompletionSource Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Stopped { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async ValueTask<ReportAnswer> RunAsync(ReportQuery query, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _runs);
        Asked.Enqueue(query.Site.Id);
        Running?.Invoke();
        Started.TrySetResult();
        await ThroughGateAsync(cancellation);
        var part = new ReportPart([new ReportRow(["/ü"], [1.5, null])], [0.1 + 0.2, null], 1, IdentityLifetime.Mixed, null);
        return ReportParts.Answer(query, part, compared: null, "definitions");
    }

    async Task ThroughGateAsync(CancellationToken cancellation)
    {
        try
        {
            await (Gate?.Task ?? Task.CompletedTask).WaitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            Stopped.TrySetResult();
            throw;
        }
    }

    public ValueTask<RealtimeAnswer> RealtimeAsync(Site site, DateTimeOffset now, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<SiteTraffic>> TrafficAsync(DateTimeOffset now, CancellationToken cancellation) =>
        new([.. Active.Select((site, place) => new SiteTraffic(site, place + 1, 0, []))]);
}
