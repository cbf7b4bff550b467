using Footfall.Core.HitLog;

namespace Footfall.Adapters.RabbitMq;

/// <summary>
/// Gathers the records of one partition into messages and has them confirmed. A record is sent at once when none is on its way; otherwise it
/// waits for others, a few milliseconds at most, so that many requests share one confirm. Several messages are on their way at a time.
/// </summary>
sealed class PartitionAppender(RabbitMqHitLogOptions options, Broker broker, Guid publisher, int partition) : IAsyncDisposable
{
    readonly ConfirmedPublisher _publisher = new(broker, options.StreamOf(partition), options.AppendTimeout, options.Time);
    readonly Lock _gate = new();
    readonly CancellationTokenSource _closing = new();
    RecordGroup? _gathering;
    long _sequence;
    int _onTheWay;
    long _waitingBytes;

    /// <summary>Adds a record to the message that is being gathered. It is copied before this returns.</summary>
    /// <returns>Its message, and its place in it.</returns>
    /// <exception cref="HitLogUnavailableException">Too much waits already, or the log is closed.</exception>
    public (RecordGroup Group, int Index) Add(ReadOnlySpan<byte> record)
    {
        lock (_gate)
        {
            if (_closing.IsCancellationRequested)
                throw new HitLogUnavailableException("The hit log is closed.");
            // Not even tried: requests that wait for what cannot come would fill the collector.
            if (broker.IsDown)
                throw new HitLogUnavailableException($"the queue cannot be reached: {broker.Failure}");
            if (_waitingBytes + record.Length > options.WaitingBytesMax && _waitingBytes > 0)
                throw new HitLogUnavailableException("more events wait for the queue's confirmation than may wait");
            if (_gathering is { } full && full.Count > 0 && full.Bytes + record.Length > options.GroupBytes)
                SendGathered();
            var group = Gathering();
            var index = group.Add(record);
            _waitingBytes += record.Length;
            if (_onTheWay == 0 || group.IsFull(options.GroupBytes))
                SendGathered();
            return (group, index);
        }
    }

    /// <summary>Sends a message without records, to be found again at the stream's end.</summary>
    /// <param name="padding">Bytes that mean nothing, for filling up storage.</param>
    public RecordGroup Mark(int padding = 0)
    {
        lock (_gate)
        {
            SendGathered();
            var group = Gathering();
            if (padding > 0)
                group.Pad(padding);
            SendGathered();
            return group;
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            SendGathered();
            _closing.Cancel();
        }
        while (Volatile.Read(ref _onTheWay) > 0)
            await Task.Delay(10);
        await _publisher.DisposeAsync();
        _closing.Dispose();
    }

    RecordGroup Gathering()
    {
        if (_gathering is null)
        {
            _gathering = new RecordGroup(publisher, ++_sequence);
            if (_onTheWay > 0)
                _ = SendLaterAsync(_gathering);
        }
        return _gathering;
    }

    async Task SendLaterAsync(RecordGroup group)
    {
        await Task.Delay(options.Gather, options.Time);
        lock (_gate)
        {
            if (_gathering == group)
                SendGathered();
        }
    }

    void SendGathered()
    {
        if (_gathering is not { } group)
            return;
        _gathering = null;
        _onTheWay++;
        _ = Task.Run(() => SendAsync(group));
    }

    async Task SendAsync(RecordGroup group)
    {
        try
        {
            await _publisher.PublishAsync(group.Body);
            group.Succeed();
        }
        catch (HitLogUnavailableException failure)
        {
            group.Fail(failure);
        }
        catch (Exception failure)
        {
            group.Fail(new HitLogUnavailableException($"the queue failed: {failure.Message}", failure));
        }
        finally
        {
            lock (_gate)
            {
                _waitingBytes -= group.RecordBytes;
                _onTheWay--;
                if (_onTheWay == 0)
                    SendGathered();
            }
        }
    }
}
