using Footfall.Core.HitLog;

namespace Footfall.Adapters.RabbitMq;

/// <summary>
/// Reads one partition for whoever asks: from its tail when that reaches back far enough, otherwise from the broker, through a cursor that is kept
/// for the read that goes on where this one ended.
/// </summary>
sealed class PartitionReader : IAsyncDisposable
{
    const ushort Window = 32;
    const int CursorsMax = 3;
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);

    readonly RabbitMqHitLogOptions _options;
    readonly Broker _broker;
    readonly int _partition;
    readonly CancellationTokenSource _closing = new();
    readonly Lock _gate = new();
    readonly LinkedList<(long Position, StreamCursor Cursor, StreamMessage? Begun)> _cursors = [];
    (long Position, long At) _start = (-1, 0);

    public PartitionReader(RabbitMqHitLogOptions options, Broker broker, PartitionAppender appender, Guid publisher, int partition)
    {
        (_options, _broker, _partition) = (options, broker, partition);
        Tail = new PartitionTail(options, broker, appender, publisher, partition);
    }

    public PartitionTail Tail { get; }

    /// <summary>As <see cref="IHitLog.ReadAsync"/>. While the broker is away it waits, as it does for a record.</summary>
    public async ValueTask<IReadOnlyList<LogRecord>> ReadAsync(LogPosition from, int bytesMax, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _closing.Token);
        try
        {
            await Tail.Ready.WaitAsync(either.Token);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(from.Offset, Tail.End, nameof(from));
            while (true)
            {
                var records = Tail.TryRead(from, bytesMax, out var grown);
                if (records is { Count: > 0 })
                    return records;
                if (records is null)
                    return await ReadFromBrokerAsync(from, bytesMax, either.Token);
                await grown.WaitAsync(either.Token);
            }
        }
        catch (OperationCanceledException closed) when (_closing.IsCancellationRequested)
        {
            throw new ObjectDisposedException(nameof(RabbitMqHitLog), closed);
        }
    }

    /// <summary>The position of the oldest record, or the end when there is none; as of a few seconds ago.</summary>
    /// <exception cref="HitLogUnavailableException">The broker did not say in time.</exception>
    public async Task<long> StartAsync()
    {
        lock (_gate)
        {
            if (_start.Position >= 0 && Environment.TickCount64 - _start.At < 5000)
                return _start.Position;
        }
        using var time = new CancellationTokenSource(AnswerTimeout, _options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, _closing.Token);
        try
        {
            await Tail.Ready.WaitAsync(either.Token);
            var found = await FindStartAsync(either.Token);
            lock (_gate)
                _start = (found, Environment.TickCount64);
            return found;
        }
        catch (OperationCanceledException late)
        {
            throw new HitLogUnavailableException($"the queue did not say where the stream {_options.StreamOf(_partition)} begins", late);
        }
    }

    /// <summary>Has the broker asked again for the oldest record.</summary>
    public void ForgetStart()
    {
        lock (_gate)
            _start = (-1, 0);
    }

    /// <summary>When what stands at a position was sent; null at the end.</summary>
    public async Task<DateTimeOffset?> SentAtAsync(long position, CancellationToken cancellation)
    {
        if (position >= Tail.End)
            return null;
        await using var cursor = await StreamCursor.OpenAsync(_broker, _options.StreamOf(_partition), GroupFrame.MessageOf(position), window: 1, cancellation);
        return (await cursor.ReadAsync(cancellation)).SentAt;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await Tail.DisposeAsync();
        foreach (var (_, cursor, _) in _cursors)
            await cursor.DisposeAsync();
        _closing.Dispose();
    }

    async Task<long> FindStartAsync(CancellationToken cancellation)
    {
        var end = Tail.End;
        if (end == 0)
            return 0;
        await using var cursor = await StreamCursor.OpenAsync(_broker, _options.StreamOf(_partition), "first", window: 4, cancellation);
        while (true)
        {
            var message = await cursor.ReadAsync(cancellation);
            if (GroupFrame.Read(message.Offset, message.Body) is [var (first, _), ..])
                return first.Offset;
            if (GroupFrame.PositionOf(message.Offset + 1) >= end)
                return end;
        }
    }

    async Task<IReadOnlyList<LogRecord>> ReadFromBrokerAsync(LogPosition from, int bytesMax, CancellationToken cancellation)
    {
        while (true)
        {
            StreamCursor? cursor = null;
            try
            {
                (cursor, var begun) = Taken(from.Offset);
                cursor ??= await StreamCursor.OpenAsync(_broker, _options.StreamOf(_partition), GroupFrame.MessageOf(from.Offset), Window, cancellation);
                return await ReadAsync(cursor, begun, from, bytesMax, cancellation);
            }
            catch (HitLogUnavailableException)
            {
                await CloseAsync(cursor);
                await Task.Delay(Pause, _options.Time, cancellation);
            }
            catch
            {
                await CloseAsync(cursor);
                throw;
            }
        }
    }

    async Task<IReadOnlyList<LogRecord>> ReadAsync(
        StreamCursor cursor, StreamMessage? begun, LogPosition from, int bytesMax, CancellationToken cancellation)
    {
        var picker = new RecordPicker(from, bytesMax);
        StreamMessage? last = null;
        for (var goesOn = true; goesOn && (picker.Records.Count == 0 || cursor.HasMore);)
        {
            last = begun ?? await cursor.ReadWithinAsync(AnswerTimeout, _options.Time, cancellation);
            begun = null;
            goesOn = picker.Add(last);
        }
        var next = picker.Records[^1].NextOffset;
        await KeepAsync(next, cursor, GroupFrame.MessageOf(next) == last!.Offset ? last : null);
        return picker.Records;
    }

    (StreamCursor? Cursor, StreamMessage? Begun) Taken(long position)
    {
        lock (_gate)
        {
            for (var node = _cursors.First; node is not null; node = node.Next)
            {
                if (node.Value.Position != position)
                    continue;
                _cursors.Remove(node);
                return (node.Value.Cursor, node.Value.Begun);
            }
            return (null, null);
        }
    }

    async ValueTask KeepAsync(long position, StreamCursor cursor, StreamMessage? begun)
    {
        StreamCursor? oldest = null;
        lock (_gate)
        {
            _cursors.AddLast((position, cursor, begun));
            if (_cursors.Count > CursorsMax)
            {
                oldest = _cursors.First!.Value.Cursor;
                _cursors.RemoveFirst();
            }
        }
        await CloseAsync(oldest);
    }

    static async ValueTask CloseAsync(StreamCursor? cursor)
    {
        if (cursor is not null)
            await cursor.DisposeAsync();
    }
}
