using Footfall.Core.HitLog;

namespace Footfall.Tests.Simulation;

/// <summary>The hit log of simulated days: nothing touches a disk, any number of partitions, and appends fail when told to.</summary>
public sealed class MemoryHitLog(int partitions = 1) : IHitLog
{
    readonly Lock _gate = new();
    readonly List<LogRecord>[] _records = [.. Enumerable.Range(0, partitions).Select(static _ => new List<LogRecord>())];
    readonly long[] _ends = new long[partitions];
    readonly Dictionary<string, long>[] _released = [.. Enumerable.Range(0, partitions).Select(static _ => new Dictionary<string, long>())];
    TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    bool _disposed;

    public int Partitions => _records.Length;

    /// <summary>Why appends are refused; null accepts them.</summary>
    public string? Unavailable { get; set; }

    public bool MayRepeat { get; init; }

    /// <summary>Asked after each append; a reason refuses it although its record is there, as a log that is far away may.</summary>
    public Func<string?>? FailConfirm { get; set; }

    /// <summary>Offsets of records that are not what was appended any more.</summary>
    public HashSet<long> Damaged { get; } = [];

    /// <summary>Asked before each append; a reason fails that one append, and its record never appears.</summary>
    public Func<ReadOnlyMemory<byte>, string?>? FailAppend { get; set; }

    public ValueTask<LogPosition> AppendAsync(int partition, ReadOnlyMemory<byte> record, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(partition);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(partition, Partitions);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(record.Length, IHitLog.RecordBytesMax, nameof(record));
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
        {
            string? failure = _disposed ? "The hit log is closed." : Unavailable ?? FailAppend?.Invoke(record);
            if (failure is not null)
            {
                return ValueTask.FromException<LogPosition>(new HitLogUnavailableException(failure));
            }

            long offset = _ends[partition];
            _ends[partition] = offset + record.Length + 1;
            _records[partition].Add(new LogRecord(offset, _ends[partition], record.ToArray()));
            Wake();
            return FailConfirm?.Invoke() is { } unconfirmed
                ? ValueTask.FromException<LogPosition>(new HitLogUnavailableException(unconfirmed))
                : ValueTask.FromResult(new LogPosition(partition, _ends[partition]));
        }
    }

    public async ValueTask<IReadOnlyList<LogRecord>> ReadAsync(LogPosition from, int bytesMax, CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            Task changed;
            lock (_gate)
            {
                ArgumentOutOfRangeException.ThrowIfGreaterThan(from.Offset, _ends[from.Partition], nameof(from));
                if (from.Offset < _ends[from.Partition])
                {
                    return Take(from, bytesMax);
                }

                ObjectDisposedException.ThrowIf(_disposed, this);
                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellation);
        }
    }

    public LogPosition Start(int partition)
    {
        lock (_gate)
        {
            return new LogPosition(partition, _records[partition] is [var first, ..] ? first.Offset : _ends[partition]);
        }
    }

    public LogPosition End(int partition)
    {
        lock (_gate)
        {
            return new LogPosition(partition, _ends[partition]);
        }
    }

    public ValueTask ReleaseAsync(string reader, LogPosition position, CancellationToken cancellation)
    {
        lock (_gate)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(position.Offset, _ends[position.Partition], nameof(position));
            Dictionary<string, long> released = _released[position.Partition];
            released[reader] = Math.Max(position.Offset, released.GetValueOrDefault(reader));
            long slowest = released.Values.Min();
            _records[position.Partition].RemoveAll(record => record.NextOffset <= slowest);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _disposed = true;
            Wake();
        }

        return ValueTask.CompletedTask;
    }

    void Wake()
    {
        _changed.TrySetResult();
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    List<LogRecord> Take(LogPosition from, int bytesMax)
    {
        List<LogRecord> all = _records[from.Partition];
        int index = all.FindIndex(record => record.Offset >= from.Offset);
        if (index < 0 || all[index].Offset != from.Offset)
        {
            var next = new LogPosition(from.Partition, index < 0 ? _ends[from.Partition] : all[index].Offset);
            throw new HitLogDamagedException(from, next, $"No record begins at {from}.");
        }

        if (Damaged.Contains(from.Offset))
        {
            throw new HitLogDamagedException(from, new LogPosition(from.Partition, all[index].NextOffset), $"The record at {from} is damaged.");
        }

        var taken = new List<LogRecord>();
        for (long bytes = 0; index < all.Count && !Damaged.Contains(all[index].Offset) && (taken.Count == 0 || bytes < bytesMax); index++)
        {
            taken.Add(all[index]);
            bytes += all[index].NextOffset - all[index].Offset;
        }

        return taken;
    }
}
