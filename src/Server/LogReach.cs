using Footfall.Core.HitLog;
using Footfall.Core.Pipeline;
using Footfall.Server.Settings;

namespace Footfall.Server;

/// <summary>
/// From where to where the log reaches, all partitions together. Only a process that reads the log knows: for the others to find out would be to
/// read all of it.
/// </summary>
sealed class LogReach(IHitLog log, Processors processors, FootfallSettings settings)
{
    /// <summary>The partitions whose ends this process knows: all, or none.</summary>
    public IReadOnlyList<int> Partitions { get; } =
        Roles.Has(settings, Roles.Processor) || Roles.Has(settings, Roles.Archiver) ? [.. Enumerable.Range(0, log.Partitions)] : [];

    /// <summary>The oldest positions that can be read, added up.</summary>
    public long Start => Sum(partition => log.Start(partition).Offset);

    /// <summary>The positions after the newest records, added up.</summary>
    public long End => Sum(partition => log.End(partition).Offset);

    /// <summary>About how many bytes it holds.</summary>
    public long Bytes => Sum(partition => log.BytesBetween(log.Start(partition), log.End(partition)));

    /// <summary>About how many bytes are accepted and not yet worked off, by any process; null where that is not known.</summary>
    public async ValueTask<long?> PendingAsync(CancellationToken cancellation)
    {
        if (Partitions.Count == 0)
            return null;
        var pending = 0L;
        try
        {
            foreach (var partition in Partitions)
                pending += log.BytesBetween(await processors.PositionAsync(partition, cancellation), log.End(partition));
            return pending;
        }
        catch (HitLogUnavailableException)
        {
            return null;
        }
    }

    /// <summary>0 while a queue is away that has not said it since the start.</summary>
    long Sum(Func<int, long> of)
    {
        try
        {
            return Partitions.Sum(of);
        }
        catch (HitLogUnavailableException)
        {
            return 0;
        }
    }

    /// <summary>Everything up to where the processors are, added up.</summary>
    public async ValueTask<long> ProcessedAsync(CancellationToken cancellation)
    {
        var position = 0L;
        foreach (var partition in Partitions)
            position += (await processors.PositionAsync(partition, cancellation)).Offset;
        return position;
    }
}
