using System.Collections.Concurrent;
using Footfall.Core.HitLog;
using Footfall.Core.Leases;

namespace Footfall.Core.Archive;

/// <summary>The archivers of this process: one for each partition whose lease it holds.</summary>
/// <param name="share">Which partitions are this process's.</param>
/// <param name="make">An archiver for a partition.</param>
public sealed class Archivers(LeasedWork share, Func<int, Archiver> make, IHitLog log, IArchive archive)
{
    readonly ConcurrentDictionary<int, Archiver> _working = new();

    /// <summary>Why one of them failed last, in words for an operator; null while all is well.</summary>
    public string? Failure => _working.Values.Select(archiver => archiver.Failure).FirstOrDefault(failure => failure is not null);

    /// <summary>The partitions that are archived here.</summary>
    public IReadOnlyCollection<int> Partitions => [.. _working.Keys.Order()];

    /// <summary>About how many bytes of log are not sealed in the archive yet, of the partitions of this process.</summary>
    public long Lag => _working.Sum(working => log.WaitingBehind(() => working.Value.Position));

    /// <summary>Archives whatever partitions are this process's until cancelled, and gives them back.</summary>
    public Task RunAsync(Action<Exception> failed, CancellationToken cancellation) => share.RunAsync(
        async (partition, lease, stop) =>
        {
            await archive.TakeOverAsync(partition, stop);
            var archiver = make(partition);
            _working[partition] = archiver;
            try
            {
                await archiver.RunAsync(failed, stop);
            }
            finally
            {
                _working.TryRemove(partition, out _);
            }
        },
        failed,
        cancellation);

    /// <summary>Seals everything that the log holds now, of a partition that is archived here.</summary>
    /// <exception cref="InvalidOperationException">Another process archives it.</exception>
    public async ValueTask<LogPosition> SealAllAsync(int partition, CancellationToken cancellation) =>
        _working.TryGetValue(partition, out var archiver)
            ? await archiver.SealAllAsync(cancellation)
            : throw new InvalidOperationException(FormattableString.Invariant($"partition {partition} is archived by another process, or by none yet"));
}
