using Footfall.Core.HitLog;

namespace Footfall.Adapters.RabbitMq;

/// <summary>
/// The hit log as replicated streams of RabbitMQ, one a partition, over AMQP 0-9-1. Records that come together travel as one message, and an
/// append completes when a majority of the replicas has it. Connections come back by themselves; meanwhile appends fail within seconds and
/// reads wait.
/// </summary>
public sealed class RabbitMqHitLog : IHitLog
{
    static readonly TimeSpan PlaceTimeout = TimeSpan.FromSeconds(1);
    static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(5);

    readonly RabbitMqHitLogOptions _options;
    readonly Broker _publishing;
    readonly Broker _reading;
    readonly PartitionAppender[] _appenders;
    readonly PartitionReader?[] _readers;
    readonly ReleasedPositions _released;
    readonly Guid _publisher = Guid.CreateVersion7();
    readonly Lock _gate = new();
    bool _closed;

    RabbitMqHitLog(RabbitMqHitLogOptions options)
    {
        _options = options;
        // Two connections: a broker that is short of disk or memory stops those who publish, and reading must go on then.
        _publishing = new Broker(options.Nodes, "footfall appends");
        _reading = new Broker(options.Nodes, "footfall reads");
        _appenders = [.. Enumerable.Range(0, options.Partitions).Select(partition => new PartitionAppender(options, _publishing, _publisher, partition))];
        _readers = new PartitionReader?[options.Partitions];
        _released = new ReleasedPositions(options, _publishing, _reading);
    }

    public int Partitions => _options.Partitions;

    public bool MayRepeat => true;

    public string? Unavailable => _publishing.IsDown ? $"the queue cannot be reached: {_publishing.Failure}" : null;

    /// <summary>Connects and makes what is missing.</summary>
    /// <exception cref="HitLogUnavailableException">No node can be reached.</exception>
    /// <exception cref="InvalidOperationException">The streams there are for another number of partitions.</exception>
    public static async Task<RabbitMqHitLog> OpenAsync(RabbitMqHitLogOptions options, CancellationToken cancellation)
    {
        var log = new RabbitMqHitLog(options);
        try
        {
            using var time = new CancellationTokenSource(TimeSpan.FromSeconds(20), options.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellation);
            await new StreamTopology(options, log._publishing).DeclareAsync(either.Token);
            return log;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            var reason = log._publishing.Failure;
            await log.DisposeAsync();
            throw new HitLogUnavailableException($"the queue cannot be reached: {reason}");
        }
        catch
        {
            await log.DisposeAsync();
            throw;
        }
    }

    public async ValueTask<LogPosition> AppendAsync(int partition, ReadOnlyMemory<byte> record, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(record.Length, IHitLog.RecordBytesMax, nameof(record));
        cancellation.ThrowIfCancellationRequested();
        var (group, index) = _appenders[partition].Add(record.Span);
        await group.Durable.WaitAsync(cancellation);
        return new LogPosition(partition, await AfterAsync(partition, group, index));
    }

    public async ValueTask<IReadOnlyList<LogRecord>> ReadAsync(LogPosition from, int bytesMax, CancellationToken cancellation) =>
        await ReaderOf(from.Partition).ReadAsync(from, bytesMax, cancellation);

    public LogPosition Start(int partition) => new(partition, Wait(ReaderOf(partition).StartAsync()));

    public LogPosition End(int partition)
    {
        var tail = ReaderOf(partition).Tail;
        if (!tail.Ready.IsCompleted)
            Wait(ReadyAsync(tail));
        return new LogPosition(partition, tail.End);
    }

    public ValueTask ReleaseAsync(string reader, LogPosition position, CancellationToken cancellation) => _released.ReleaseAsync(reader, position);

    public async ValueTask DisposeAsync()
    {
        List<PartitionReader> readers;
        lock (_gate)
        {
            if (_closed)
                return;
            _closed = true;
            readers = [.. _readers.OfType<PartitionReader>()];
        }
        await Task.WhenAll(_appenders.Select(appender => appender.DisposeAsync().AsTask()));
        await Task.WhenAll(readers.Select(reader => reader.DisposeAsync().AsTask()));
        await _released.DisposeAsync();
        await _publishing.DisposeAsync();
        await _reading.DisposeAsync();
    }

    /// <summary>The port's answers that do not wait are asked for by loops that have a thread to themselves.</summary>
    static T Wait<T>(Task<T> answer) => answer.GetAwaiter().GetResult();

    static async Task<bool> ReadyAsync(PartitionTail tail)
    {
        try
        {
            await tail.Ready.WaitAsync(EndTimeout);
            return true;
        }
        catch (Exception late) when (late is TimeoutException or OperationCanceledException)
        {
            throw new HitLogUnavailableException("the queue did not say where the stream ends", late);
        }
    }

    /// <summary>
    /// A confirm does not say where the message lies. Whoever follows the partition sees it, and then its end includes it; who only appends does
    /// not read everything back for a number that nobody wants.
    /// </summary>
    async ValueTask<long> AfterAsync(int partition, RecordGroup group, int index)
    {
        if (_readers[partition] is not { } reader)
            return LogPosition.Untold;
        try
        {
            var message = await reader.Tail.PlaceOfAsync(group.Sequence).WaitAsync(PlaceTimeout);
            return index == group.Count - 1 ? GroupFrame.PositionOf(message + 1) : GroupFrame.PositionOf(message, index + 1);
        }
        catch (Exception late) when (late is TimeoutException or OperationCanceledException)
        {
            return LogPosition.Untold;
        }
    }

    PartitionReader ReaderOf(int partition)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            return _readers[partition] ??= new PartitionReader(_options, _reading, _appenders[partition], _publisher, partition);
        }
    }
}
