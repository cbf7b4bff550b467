using Footfall.Core.HitLog;
using RabbitMQ.Client;

namespace Footfall.Adapters.RabbitMq;

/// <summary>Puts messages into one stream and waits for a majority of its replicas; what fails is tried again while there is time.</summary>
sealed class ConfirmedPublisher(Broker broker, string stream, TimeSpan timeout, TimeProvider time) : IAsyncDisposable
{
    static readonly CreateChannelOptions Confirming = new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    readonly SemaphoreSlim _opening = new(1, 1);
    IChannel? _channel;

    /// <summary>
    /// Tries until the time is over. A message whose confirm was lost with its connection is sent again and may then be in the stream twice: the
    /// ids of its hits say so to whoever counts them.
    /// </summary>
    /// <exception cref="HitLogUnavailableException">It was not confirmed; it may be in the stream all the same.</exception>
    public async Task PublishAsync(ReadOnlyMemory<byte> body)
    {
        using var over = new CancellationTokenSource(timeout, time);
        var last = broker.Failure;
        while (!over.IsCancellationRequested)
        {
            IChannel? channel = null;
            try
            {
                channel = await ChannelAsync(over.Token);
                var properties = new BasicProperties { Timestamp = new AmqpTimestamp(time.GetUtcNow().ToUnixTimeSeconds()) };
                await channel.BasicPublishAsync("", stream, mandatory: true, properties, body, over.Token);
                return;
            }
            catch (Exception failure) when (failure is HitLogUnavailableException or OperationCanceledException || Broker.IsTheBrokers(failure))
            {
                last = failure is OperationCanceledException ? broker.Failure ?? last : failure.Message;
                // Not waited for when the time is over: a node that takes nothing in takes no farewell either.
                var dropped = DropAsync(channel);
                if (!over.IsCancellationRequested)
                    await dropped;
                await Task.Delay(Pause, time, over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        throw new HitLogUnavailableException($"the queue did not confirm in time{(last is null ? "" : ": " + last)}");
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync(_channel);
        _opening.Dispose();
    }

    async Task<IChannel> ChannelAsync(CancellationToken cancellation)
    {
        if (_channel is { IsOpen: true } open)
            return open;
        await _opening.WaitAsync(cancellation);
        try
        {
            if (_channel is not { IsOpen: true })
                _channel = await broker.OpenChannelAsync(Confirming, cancellation);
            return _channel;
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>After a failure of any kind nothing on a channel is to be relied on.</summary>
    async Task DropAsync(IChannel? channel)
    {
        if (channel is not null && Interlocked.CompareExchange(ref _channel, null, channel) == channel)
            await CloseAsync(channel);
    }

    static async Task CloseAsync(IChannel? channel)
    {
        try
        {
            if (channel is not null)
                await channel.DisposeAsync();
        }
        catch (Exception failure) when (Broker.IsTheBrokers(failure) || failure is OperationCanceledException)
        {
            // It went with its connection.
        }
    }
}
