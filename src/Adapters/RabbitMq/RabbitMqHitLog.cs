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
    const int Padding = 4 * 1024 * 1024;
    static readonly TimeSpan DeleteEvery = TimeSpan.FromMinutes(1);
    static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(5);

    /// <summary>How long who opens the log waits for the broker: longer than a node that is there takes.</summary>
    static readonly TimeSpan OpenTimeout = TimeSpan.FromSeconds(8);
    static readonly TimeSpan DeclarePause = TimeSpan.FromSeconds(1);

    readonly RabbitMqHitLogOptions _options;
    readonly Broker _publishing;
    readonly Broker _reading;
    readonly PartitionAppender[] _appenders;
    readonly PartitionReader?[] _readers;
    readonly ReleasedPositions _released;
    readonly StreamRetention? _retention;
    readonly CancellationTokenSource _closing = new();
    readonly Task _deleting = Task.CompletedTask;
    Task _declaring = Task.CompletedTask;
    string? _refused;
    readonly Guid _publisher = Guid.CreateVersion7();
    readonly bool[] _parted;
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
        _parted = new bool[options.Partitions];
        _released = new ReleasedPositions(options, _publishing, _reading);
        if (options.Management is { } management)
        {
            _retention = new StreamRetention(options, management);
            _deleting = Task.Run(DeleteAsync);
        }
    }

    public int Partitions => _options.Partitions;

    public bool MayRepeat => true;

    public string? Unavailable => _refused ?? (_publishing.IsDown || !_declaring.IsCompleted ? $"the queue cannot be reached: {_publishing.Failure ?? "its streams are not made yet"}" : null);

    /// <summary>
    /// Connects and makes what is missing. Where no node can be reached the log is opened all the same: appends fail and reads wait until one is, and
    /// what is missing is made then.
    /// </summary>
    /// <exception cref="InvalidOperationException">The streams there are for another number of partitions.</exception>
    public static async Task<RabbitMqHitLog> OpenAsync(RabbitMqHitLogOptions options, CancellationToken cancellation)
    {
        var log = new RabbitMqHitLog(options);
        try
        {
            using var late = new CancellationTokenSource(OpenTimeout, options.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
            await new StreamTopology(options, log._publishing).DeclareAsync(either.Token);
        }
        catch (Exception away) when (away is HitLogUnavailableException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            log._declaring = log.DeclareLaterAsync();
        }
        catch
        {
            await log.DisposeAsync();
            throw;
        }
        return log;
    }

    public async ValueTask<LogPosition> AppendAsync(int partition, ReadOnlyMemory<byte> record, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(record.Length, IHitLog.RecordBytesMax, nameof(record));
        cancellation.ThrowIfCancellationRequested();
        if (_refused is not null || !_declaring.IsCompleted)
            throw new HitLogUnavailableException(Unavailable!);
        var (group, index) = _appenders[partition].Add(record.Span);
        await group.Durable.WaitAsync(cancellation);
        return new LogPosition(partition, await AfterAsync(partition, group, index));
    }

    public async ValueTask<IReadOnlyList<LogRecord>> ReadAsync(LogPosition from, int bytesMax, CancellationToken cancellation) =>
        await ReaderOf(from.Partition).ReadAsync(from, bytesMax, cancellation);

    public LogPosition Start(int partition)
    {
        var reader = ReaderOf(partition);
        CheckIsKnown(reader.Tail);
        return new LogPosition(partition, Wait(reader.StartAsync));
    }

    public LogPosition End(int partition)
    {
        var tail = ReaderOf(partition).Tail;
        CheckIsKnown(tail);
        if (!tail.Ready.IsCompleted)
            Wait(() => ReadyAsync(tail));
        return new LogPosition(partition, tail.End);
    }

    public async ValueTask ReleaseAsync(string reader, LogPosition position, CancellationToken cancellation)
    {
        await _released.ReleaseAsync(reader, position);
        if (_retention is not null && _parted[position.Partition])
            await DeleteReleasedAsync(position.Partition, cancellation);
    }

    public long BytesBetween(LogPosition from, LogPosition to) =>
        Math.Max(0, GroupFrame.MessageOf(to.Offset) - GroupFrame.MessageOf(from.Offset)) * (_readers[from.Partition]?.Tail.MessageBytes ?? 0);

    /// <summary>A stream begins a new segment when the one it has is full, and in no other way: it is filled up.</summary>
    public async ValueTask PartAsync(int partition, CancellationToken cancellation)
    {
        if (_retention is null)
            throw new InvalidOperationException("nothing can be deleted from the queue while 'queue_management' is not set");
        for (var bytes = 0L; bytes <= _options.SegmentBytes; bytes += Padding)
            await _appenders[partition].Mark(Padding).Durable.WaitAsync(cancellation);
        _parted[partition] = true;
    }

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
        await _closing.CancelAsync();
        await _deleting;
        await _declaring;
        await Task.WhenAll(_appenders.Select(appender => appender.DisposeAsync().AsTask()));
        await Task.WhenAll(readers.Select(reader => reader.DisposeAsync().AsTask()));
        await _released.DisposeAsync();
        await _publishing.DisposeAsync();
        await _reading.DisposeAsync();
        _retention?.Dispose();
        _closing.Dispose();
    }

    /// <summary>Until the broker has answered. That the streams are for another number of partitions is told by every append then.</summary>
    async Task DeclareLaterAsync()
    {
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                await new StreamTopology(_options, _publishing).DeclareAsync(_closing.Token);
                return;
            }
            catch (InvalidOperationException otherPartitions) when (otherPartitions is not ObjectDisposedException)
            {
                _refused = otherPartitions.Message;
                return;
            }
            catch (Exception away) when (away is HitLogUnavailableException or OperationCanceledException)
            {
                await Task.Delay(DeclarePause, _options.Time, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    async Task DeleteAsync()
    {
        while (!_closing.IsCancellationRequested)
        {
            await Task.Delay(DeleteEvery, _options.Time, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            for (var partition = 0; partition < Partitions && !_closing.IsCancellationRequested; partition++)
            {
                try
                {
                    await DeleteReleasedAsync(partition, _closing.Token);
                }
                catch (Exception failure) when (failure is HitLogUnavailableException or OperationCanceledException)
                {
                    // What was not deleted is deleted the next time.
                }
            }
        }
    }

    /// <summary>Only when there is more than a segment to win: whole ones are deleted.</summary>
    async Task DeleteReleasedAsync(int partition, CancellationToken cancellation)
    {
        var reader = ReaderOf(partition);
        var start = await reader.StartAsync();
        if (_released.SlowestOf(partition) is not { } slowest || slowest <= start)
            return;
        if (!_parted[partition] && BytesBetween(new LogPosition(partition, start), new LogPosition(partition, slowest)) < _options.SegmentBytes)
            return;
        await _retention!.DeleteBeforeAsync(partition, await reader.SentAtAsync(slowest, cancellation) ?? _options.Time.GetUtcNow(), cancellation);
        reader.ForgetStart();
        _parted[partition] = _parted[partition] && await reader.StartAsync() < slowest;
    }

    /// <summary>What a broker that is away has not said yet is not waited for.</summary>
    void CheckIsKnown(PartitionTail tail)
    {
        if (!tail.Ready.IsCompleted && Unavailable is { } reason)
            throw new HitLogUnavailableException(reason);
    }

    /// <summary>
    /// For the port's answers that do not wait. On the thread pool whatever threads the caller has: what it waits for would otherwise go on on the
    /// very threads that wait, and a scheduler with a few of them would stand still.
    /// </summary>
    static T Wait<T>(Func<Task<T>> ask) => Task.Run(ask).GetAwaiter().GetResult();

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
