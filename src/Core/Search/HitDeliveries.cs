using System.Collections.Concurrent;
using Footfall.Core.Archive;
using Footfall.Core.Leases;

namespace Footfall.Core.Search;

/// <summary>
/// The deliveries of this process: one for each partition that is archived here, whose archive this process therefore knows to its end. For a moment
/// two processes may deliver the same partition, and every hit is there once all the same.
/// </summary>
/// <param name="make">A delivery for a partition.</param>
public sealed class HitDeliveries(Archivers archivers, Func<int, HitDelivery> make, IHitDump dump, TimeProvider clock)
{
    static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan UpkeepEvery = TimeSpan.FromSeconds(30);
    static readonly TimeSpan UpkeepAgain = TimeSpan.FromSeconds(2);

    // Whoever runs the deliveries chooses their threads: they stay on them.
    const ConfigureAwaitOptions Quietly = ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext;

    readonly ConcurrentDictionary<int, HitDelivery> _working = new();
    readonly Dictionary<int, (CancellationTokenSource Stop, Task Work)> _mine = [];
    (long Delivered, long Repeated, long Refused) _ended;
    string? _upkeepFailure;

    /// <summary>Hits delivered, there already, and refused, since the start of the process.</summary>
    public (long Delivered, long Repeated, long Refused) Counts => _working.Values.Aggregate(_ended, Add);

    /// <summary>About how many bytes of the history are not delivered, of the partitions of this process.</summary>
    public long Lag => _working.Values.Sum(delivery => delivery.Lag);

    /// <summary>Why one of them does not get on, in words for an operator; null while all is well.</summary>
    public string? Failure => _working.Values.Select(delivery => delivery.Failure).FirstOrDefault(failure => failure is not null) ?? _upkeepFailure;

    /// <summary>How long ago the newest delivered hit was received, of the partition that is the furthest behind.</summary>
    public TimeSpan Behind(DateTimeOffset now) => _working.Values.Select(delivery => delivery.Behind(now)).Append(TimeSpan.Zero).Max();

    /// <summary>Delivers whatever partitions are archived here until cancelled.</summary>
    public async Task RunAsync(Action<Exception> failed, CancellationToken cancellation)
    {
        var upkept = clock.GetTimestamp();
        while (!cancellation.IsCancellationRequested)
        {
            var wanted = archivers.Partitions;
            foreach (var surplus in _mine.Keys.Except(wanted).ToList())
                await EndAsync(surplus);
            foreach (var partition in wanted.Where(partition => !_mine.ContainsKey(partition)))
                Begin(partition, failed, cancellation);
            if (wanted.Contains(0) && clock.GetElapsedTime(upkept) >= (_upkeepFailure is null ? UpkeepEvery : UpkeepAgain))
            {
                await UpkeepAsync(cancellation);
                upkept = clock.GetTimestamp();
            }
            await Task.Delay(Every, clock, cancellation).ConfigureAwait(Quietly);
        }
        foreach (var partition in _mine.Keys.ToList())
            await EndAsync(partition);
    }

    void Begin(int partition, Action<Exception> failed, CancellationToken cancellation)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var delivery = _working[partition] = make(partition);
        _mine[partition] = (stop, Beside.BeginAsync(() => delivery.RunAsync(failed, stop.Token), CancellationToken.None));
    }

    async Task EndAsync(int partition)
    {
        _mine.Remove(partition, out var mine);
        await mine.Stop.CancelAsync();
        await mine.Work.ConfigureAwait(Quietly);
        mine.Stop.Dispose();
        if (_working.TryRemove(partition, out var delivery))
            _ended = Add(_ended, delivery);
    }

    async Task UpkeepAsync(CancellationToken cancellation)
    {
        try
        {
            await dump.UpkeepAsync(cancellation);
            _upkeepFailure = null;
        }
        catch (HitSearchUnavailableException unavailable)
        {
            _upkeepFailure = unavailable.Message;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The loop sees it.
        }
    }

    static (long Delivered, long Repeated, long Refused) Add((long Delivered, long Repeated, long Refused) sum, HitDelivery delivery) =>
        (sum.Delivered + delivery.Delivered, sum.Repeated + delivery.Repeated, sum.Refused + delivery.Refused);
}
