using Footfall.Core.HitLog;

namespace Footfall.Tests.Simulation;

/// <summary>A hit log in memory, for simulations: offsets count records. Appends fail while <see cref="Fail"/> says so.</summary>
sealed class MemoryHitLog(int partitions = 1) : IHitLog
{
    readonly List<byte[]>[] _records = [.. Enumerable.Range(0, partitions).Select(_ => new List<byte[]>())];
    readonly Lock _lock = new();
    TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Partitions => _records.Length;

    /// <summary>Set to make appends fail with this reason.</summary>
    public string? Fail { get; set; }

    public string? Unavailable => Fail;

    public Dictionary<string, LogPosition> Released { get; } = [];

    public ValueTask<LogPosition> AppendAsync(int partition, ReadOnlyMemory<byte> record, CancellationToken cancellation)
    {
        if (Fail is not null)
            throw new HitLogUnavailableException(Fail);
        lock (_lock)
        {
            _records[partition].Add(record.ToArray());
            var grown = _grown;
            _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);
            grown.SetResult();
            return new(End(partition));
        }
    }

    public async ValueTask<IReadOnlyList<LogRecord>> ReadAsync(LogPosition from, int bytesMax, CancellationToken cancellation)
    {
        while (true)
        {
            Task grown;
            lock (_lock)
            {
                var found = new List<LogRecord>();
                var bytes = 0;
                for (var offset = from.Offset; offset < _records[from.Partition].Count && (bytes < bytesMax || found.Count == 0); offset++)
                {
                    var record = _records[from.Partition][(int)offset];
                    bytes += record.Length;
                    found.Add(new LogRecord(offset, offset + 1, record));
                }
                if (found.Count > 0)
                    return found;
                grown = _grown.Task;
            }
            await grown.WaitAsync(cancellation);
        }
    }

    public LogPosition Start(int partition) => new(partition, 0);

    public LogPosition End(int partition)
    {
        lock (_lock)
            return new(partition, _records[partition].Count);
    }

    public ValueTask ReleaseAsync(string reader, LogPosition position, CancellationToken cancellation)
    {
        Released[reader] = position;
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
