using System.Text.Json;
using Footfall.Core.HitLog;

namespace Footfall.Adapters.RabbitMq;

/// <summary>
/// How far each reader has released each partition, shared by all processes through a small stream. Every message says all that its sender knew,
/// and positions only grow: whoever has read the newest knows all but the latest moves, and what is missing only keeps more.
/// </summary>
sealed class ReleasedPositions : IAsyncDisposable
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    readonly RabbitMqHitLogOptions _options;
    readonly Broker _reading;
    readonly ConfirmedPublisher _publisher;
    readonly CancellationTokenSource _closing = new();
    readonly Lock _gate = new();
    readonly Dictionary<string, Dictionary<int, long>> _released = new(StringComparer.Ordinal);
    readonly Task _following;

    public ReleasedPositions(RabbitMqHitLogOptions options, Broker publishing, Broker reading)
    {
        (_options, _reading) = (options, reading);
        _publisher = new ConfirmedPublisher(publishing, options.ReleasesStream, options.AppendTimeout, options.Time);
        _following = Task.Run(FollowAsync);
    }

    /// <summary>Durable when it completes.</summary>
    /// <exception cref="HitLogUnavailableException">It is not: what the reader released is kept for longer.</exception>
    public async ValueTask ReleaseAsync(string reader, LogPosition position)
    {
        byte[] all;
        lock (_gate)
        {
            if (!Merge(reader, position.Partition, position.Offset))
                return;
            all = JsonSerializer.SerializeToUtf8Bytes(_released);
        }
        await _publisher.PublishAsync(all);
    }

    /// <summary>Where the slowest reader of a partition stands; null while none has said so.</summary>
    public long? SlowestOf(int partition)
    {
        lock (_gate)
        {
            var positions = _released.Values.Select(reader => reader.TryGetValue(partition, out var at) ? at : -1).Where(at => at >= 0).ToList();
            return positions.Count == 0 ? null : positions.Min();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _following;
        await _publisher.DisposeAsync();
        _closing.Dispose();
    }

    async Task FollowAsync()
    {
        object from = "last";
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                await using var cursor = await StreamCursor.OpenAsync(_reading, _options.ReleasesStream, from, window: 16, _closing.Token);
                while (true)
                {
                    var message = await cursor.ReadAsync(_closing.Token);
                    Take(message);
                    from = message.Offset + 1;
                }
            }
            catch (Exception failure) when (failure is HitLogUnavailableException or OperationCanceledException)
            {
                await Task.Delay(Pause, _options.Time, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    void Take(StreamMessage message)
    {
        try
        {
            var said = JsonSerializer.Deserialize<Dictionary<string, Dictionary<int, long>>>(message.Body.Span) ?? [];
            lock (_gate)
            {
                foreach (var (reader, positions) in said)
                {
                    foreach (var (partition, at) in positions)
                        Merge(reader, partition, at);
                }
            }
        }
        catch (JsonException)
        {
            // Not ours. Nothing is deleted because of what cannot be read.
        }
    }

    /// <returns>Whether it said something new.</returns>
    bool Merge(string reader, int partition, long at)
    {
        if (!_released.TryGetValue(reader, out var positions))
            _released[reader] = positions = [];
        if (positions.TryGetValue(partition, out var known) && known >= at)
            return false;
        positions[partition] = at;
        return true;
    }
}
