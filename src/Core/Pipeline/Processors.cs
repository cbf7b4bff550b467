using System.Collections.Concurrent;
using Footfall.Core.HitLog;
using Footfall.Core.Leases;
using Footfall.Core.Warehouse;

namespace Footfall.Core.Pipeline;

/// <summary>The processors of this process: one for each partition whose lease it holds.</summary>
/// <param name="share">Which partitions are this process's.</param>
/// <param name="make">A processor for a partition under an epoch.</param>
public sealed class Processors(LeasedWork share, Func<int, long, Processor> make, IHitLog log, IWarehouse warehouse)
{
    readonly ConcurrentDictionary<int, Processor> _working = new();
    long _hitsBefore;

    /// <summary>Told of every batch once it is in the warehouse, from several threads: a listener must be quick and must not throw.</summary>
    public event Action<WarehouseBatch>? Committed;

    /// <summary>As <see cref="Processor.HistoryChanged"/>: the processor rests meanwhile; a listener must be quick and must not throw.</summary>
    public event Action<HistoryChange>? HistoryChanged;

    /// <summary>Why one of them failed last, in words for an operator; null while all is well.</summary>
    public string? Failure => _working.Values.Select(processor => processor.Failure).FirstOrDefault(failure => failure is not null);

    /// <summary>Hits worked off since the start of the process.</summary>
    public long HitsProcessed => Interlocked.Read(ref _hitsBefore) + _working.Values.Sum(processor => processor.HitsProcessed);

    /// <summary>Hits on which a step failed, and which wait to be replayed: of the partitions that are worked off here.</summary>
    public long SetAside => _working.Values.Sum(processor => processor.SetAside);

    /// <summary>The partitions that are worked off here.</summary>
    public IReadOnlyCollection<int> Partitions => [.. _working.Keys.Order()];

    /// <summary>About how many bytes of log wait for the processors of this process.</summary>
    public long Lag => _working.Sum(working => log.WaitingBehind(() => working.Value.Position));

    /// <summary>Up to when everything received is in the warehouse; null while other processes have partitions, or nobody has them.</summary>
    public DateTimeOffset? CompleteUntil =>
        _working.Values.ToList() is var all && all.Count == log.Partitions ? all.Min(processor => processor.CompleteUntil) : null;

    /// <summary>How long ago the moment was up to which everything received is in the warehouse, of the partition that is furthest behind here.</summary>
    public TimeSpan Behind(DateTimeOffset now) =>
        _working.Values.Where(processor => processor.IsOpen).Select(processor => now - processor.CompleteUntil).DefaultIfEmpty(TimeSpan.Zero).Max();

    /// <summary>Works off whatever partitions are this process's until cancelled, and gives them back.</summary>
    public Task RunAsync(Action<Exception> failed, CancellationToken cancellation) => share.RunAsync(
        async (partition, lease, stop) =>
        {
            using var processor = make(partition, lease.Epoch);
            processor.Committed += Tell;
            processor.HistoryChanged += Tell;
            _working[partition] = processor;
            try
            {
                await processor.RunAsync(failed, stop);
            }
            finally
            {
                _working.TryRemove(partition, out _);
                Interlocked.Add(ref _hitsBefore, processor.HitsProcessed);
            }
        },
        failed,
        cancellation);

    /// <summary>Everything of a partition before it is in the warehouse, whoever works it off.</summary>
    public async ValueTask<LogPosition> PositionAsync(int partition, CancellationToken cancellation) =>
        _working.TryGetValue(partition, out var processor) && processor.IsOpen
            ? processor.Position
            : (await warehouse.StateAsync(partition, cancellation)).Position;

    /// <summary>
    /// Has the only processor rest while something is done to the warehouse under it, as <see cref="Processor.WhileRestingAsync"/>. Where the log has
    /// several partitions nobody can: others may work off the rest of them.
    /// </summary>
    /// <exception cref="InvalidOperationException">Another process has the log's partition, or this one has not begun; or there are several.</exception>
    public Task WhileRestingAsync(Func<CancellationToken, Task<HistoryChange?>> work, CancellationToken cancellation)
    {
        if (log.Partitions != 1)
            throw new InvalidOperationException("The log has several partitions, whose processors cannot be made to rest together.");
        return _working.TryGetValue(0, out var processor)
            ? processor.WhileRestingAsync(work, cancellation)
            : throw new InvalidOperationException("The processor does not work in this process, so that it cannot be made to rest here.");
    }

    /// <summary>As <see cref="Processor.ReplaySetAsideAsync"/>, of the partitions that are worked off here, one after the other.</summary>
    public async Task<ReplayedHits> ReplaySetAsideAsync(int? site, CancellationToken cancellation)
    {
        var done = new ReplayedHits(0, 0);
        foreach (var processor in _working.OrderBy(working => working.Key).Select(working => working.Value).Where(processor => processor.IsOpen))
            done += await processor.ReplaySetAsideAsync(site, cancellation);
        return done;
    }

    void Tell(WarehouseBatch batch) => Committed?.Invoke(batch);

    void Tell(HistoryChange change) => HistoryChanged?.Invoke(change);
}
