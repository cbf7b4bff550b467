using Footfall.Core.HitLog;

namespace Footfall.Adapters.RabbitMq;

/// <summary>
/// The end of one partition, followed as it grows: what those who are up to date read from memory, and the only one who knows where the stream
/// ends, because the broker does not tell. Begun when somebody in this process first asks; collectors never do.
/// </summary>
sealed class PartitionTail : IAsyncDisposable
{
    const int OwnPlacesMax = 4096;
    const ushort Window = 64;
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    /// <summary>How long nothing may come before the stream is asked anew: mostly there was nothing, and now and then the broker has forgotten the reader.</summary>
    static readonly TimeSpan Quiet = TimeSpan.FromSeconds(30);

    readonly RabbitMqHitLogOptions _options;
    readonly Broker _broker;
    readonly PartitionAppender _appender;
    readonly Guid _publisher;
    readonly int _partition;
    readonly CancellationTokenSource _closing = new();
    readonly Lock _gate = new();
    readonly LinkedList<StreamMessage> _messages = [];
    readonly Dictionary<long, TaskCompletionSource<long>> _places = [];
    readonly Queue<long> _placesInOrder = [];
    readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource<long> _marked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Task _following;
    TaskCompletionSource _grown = NewSignal();
    long _bytes;
    long? _next;
    long _end;
    long _mark = long.MaxValue;

    public PartitionTail(RabbitMqHitLogOptions options, Broker broker, PartitionAppender appender, Guid publisher, int partition)
    {
        (_options, _broker, _appender, _publisher, _partition) = (options, broker, appender, publisher, partition);
        _following = Task.Run(FollowAsync);
    }

    /// <summary>Ends when the end is known: a mark that was sent after asking has been seen, and so has everything before it.</summary>
    public Task Ready => _ready.Task;

    /// <summary>The position after the newest record: marks behind it are nothing that a reader could come to.</summary>
    public long End => Interlocked.Read(ref _end);

    /// <summary>How many bytes a message has, on average of those in memory.</summary>
    public long MessageBytes
    {
        get
        {
            lock (_gate)
                return _messages.Count == 0 ? 0 : Math.Max(1, _bytes / _messages.Count);
        }
    }

    /// <summary>Where a message of this process came to lie, by its number.</summary>
    public Task<long> PlaceOfAsync(long sequence)
    {
        lock (_gate)
            return PlaceOf(sequence).Task;
    }

    /// <summary>The records from a position on, as far as they are in memory; null when the position lies before that.</summary>
    /// <param name="grown">Ends when there is more.</param>
    public IReadOnlyList<LogRecord>? TryRead(LogPosition from, int bytesMax, out Task grown)
    {
        List<StreamMessage> messages;
        lock (_gate)
        {
            grown = _grown.Task;
            var at = GroupFrame.MessageOf(from.Offset);
            if (at < (_messages.First?.Value.Offset ?? _next))
                return null;
            messages = FromBackwards(at, bytesMax);
        }
        var picker = new RecordPicker(from, bytesMax);
        foreach (var message in messages)
        {
            if (!picker.Add(message))
                break;
        }
        return picker.Records;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _following;
        _ready.TrySetCanceled();
        lock (_gate)
        {
            foreach (var place in _places.Values)
                place.TrySetCanceled();
        }
        _closing.Dispose();
    }

    static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Those who are up to date find their place near the end.</summary>
    List<StreamMessage> FromBackwards(long at, int bytesMax)
    {
        var node = _messages.Last;
        if (node is null || node.Value.Offset < at)
            return [];
        while (node.Previous is { } before && before.Value.Offset >= at)
            node = before;
        var (messages, bytes) = (new List<StreamMessage>(), 0L);
        for (; node is not null && (bytes < bytesMax || messages.Count < 2); node = node.Next)
        {
            messages.Add(node.Value);
            bytes += node.Value.Body.Length - GroupFrame.HeaderBytes;
        }
        return messages;
    }

    TaskCompletionSource<long> PlaceOf(long sequence)
    {
        if (!_places.TryGetValue(sequence, out var place))
        {
            _places[sequence] = place = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
            _placesInOrder.Enqueue(sequence);
            if (_placesInOrder.Count > OwnPlacesMax && _places.Remove(_placesInOrder.Dequeue(), out var forgotten))
                forgotten.TrySetCanceled();
        }
        return place;
    }

    async Task FollowAsync()
    {
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                await using var cursor = await StreamCursor.OpenAsync(
                    _broker, _options.StreamOf(_partition), (object?)_next ?? "next", Window, _closing.Token);
                if (!_ready.Task.IsCompleted)
                {
                    _mark = SendMark(cursor);
                    while (!_marked.Task.IsCompleted)
                        Take(await cursor.ReadWithinAsync(Quiet, _options.Time, _closing.Token));
                    await LookBackAsync(await _marked.Task);
                    _ready.TrySetResult();
                }
                while (true)
                    Take(await cursor.ReadWithinAsync(Quiet, _options.Time, _closing.Token));
            }
            catch (Exception failure) when (failure is HitLogUnavailableException or OperationCanceledException)
            {
                // The broker is away, or this is being closed: what has been seen stays, and following goes on behind it.
                await Task.Delay(Pause, _options.Time, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Without its mark nothing is known of the end: the cursor ends, and all begins again.</summary>
    long SendMark(StreamCursor cursor)
    {
        var mark = _appender.Mark();
        _ = mark.Durable.ContinueWith(_ => cursor.DisposeAsync().AsTask(), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return mark.Sequence;
    }

    /// <summary>Finds the last record before the first message seen: other processes' marks may lie between.</summary>
    async Task LookBackAsync(long mark)
    {
        for (var (back, from) = (8L, mark); End == 0 && from > 0; back *= 8)
        {
            from = Math.Max(0, mark - back);
            await using var cursor = await StreamCursor.OpenAsync(_broker, _options.StreamOf(_partition), from, Window, _closing.Token);
            var message = await cursor.ReadAsync(_closing.Token);
            // What was deleted is not there to look at: the stream then begins later than asked for.
            var first = message.Offset;
            for (; message.Offset < mark; message = await cursor.ReadAsync(_closing.Token))
            {
                if (GroupFrame.HoldsRecords(message.Body.Span))
                    Advance(GroupFrame.PositionOf(message.Offset + 1));
            }
            if (first > from)
                Advance(GroupFrame.PositionOf(first));
        }
    }

    void Advance(long end)
    {
        lock (_gate)
            _end = Math.Max(_end, end);
    }

    void Take(StreamMessage message)
    {
        lock (_gate)
        {
            if (message.Offset < _next)
                return;
            _next = message.Offset + 1;
            _messages.AddLast(message);
            _bytes += message.Body.Length;
            while (_bytes > _options.TailBytes && _messages.Count > 1)
            {
                _bytes -= _messages.First!.Value.Body.Length;
                _messages.RemoveFirst();
            }
            var own = GroupFrame.SequenceOf(message.Body.Span, _publisher);
            if (own is { } sequence)
                PlaceOf(sequence).TrySetResult(message.Offset);
            if (own >= _mark)
                _marked.TrySetResult(message.Offset);
            if (GroupFrame.HoldsRecords(message.Body.Span))
                _end = GroupFrame.PositionOf(message.Offset + 1);
            _grown.TrySetResult();
            _grown = NewSignal();
        }
    }
}
