using Footfall.Core.Search;
using Footfall.Server.Admin;

namespace Footfall.Server.Search;

/// <summary>How the raw dump is, for operators.</summary>
/// <param name="nodes">All that it is reached by, and those that are dead.</param>
sealed class DumpState(IHitDump dump, HitDeliveries deliveries, Func<(IReadOnlyList<Uri> All, IReadOnlyList<Uri> Dead)> nodes)
{
    /// <summary>Whoever asks how a server is does not wait for one that is away.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public int DeadNodes => nodes().Dead.Count;

    public async ValueTask<SearchStatus> StatusAsync(CancellationToken cancellation)
    {
        var (all, dead) = nodes();
        var (delivered, repeated, _) = deliveries.Counts;
        var (refused, failed) = await RefusedAsync(cancellation);
        return new SearchStatus(all, dead, delivered, repeated, refused, deliveries.Lag, deliveries.Failure ?? failed);
    }

    async ValueTask<(long? Count, string? Failed)> RefusedAsync(CancellationToken cancellation)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        late.CancelAfter(Patience);
        try
        {
            return ((await dump.RefusedAsync(most: 0, late.Token)).Count, null);
        }
        catch (HitSearchUnavailableException unavailable)
        {
            return (null, unavailable.Message);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, "Elasticsearch does not answer in time");
        }
    }
}
