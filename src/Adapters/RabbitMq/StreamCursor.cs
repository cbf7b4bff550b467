using System.Globalization;
using System.Threading.Channels;
using Footfall.Core.HitLog;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Footfall.Adapters.RabbitMq;

/// <summary>Reads one stream forward from a place. As many messages as its window allows are fetched ahead; each one taken lets another come.</summary>
sealed class StreamCursor : AsyncDefaultBasicConsumer, IAsyncDisposable
{
    readonly Channel<(StreamMessage Message, ulong Tag)> _fetched = System.Threading.Channels.Channel.CreateUnbounded<(StreamMessage, ulong)>();

    StreamCursor(IChannel channel)
        : base(channel)
    {
    }

    /// <param name="from">The offset of the first message to read, or <c>first</c>, <c>last</c>, <c>next</c>.</param>
    /// <param name="window">How many messages may be here that nobody has taken yet.</param>
    /// <exception cref="HitLogUnavailableException">The broker cannot be asked now.</exception>
    public static async Task<StreamCursor> OpenAsync(Broker broker, string stream, object from, ushort window, CancellationToken cancellation)
    {
        var channel = await broker.OpenChannelAsync(options: null, cancellation);
        var cursor = new StreamCursor(channel);
        try
        {
            await channel.BasicQosAsync(0, window, global: false, cancellation);
            await channel.BasicConsumeAsync(
                stream, autoAck: false, consumerTag: "", noLocal: false, exclusive: false, new Dictionary<string, object?> { ["x-stream-offset"] = from }, cursor, cancellation);
            return cursor;
        }
        catch (Exception refused)
        {
            // Also when nobody waits any more: a channel that nobody closes lasts as long as its connection.
            await cursor.DisposeAsync();
            if (Broker.IsTheBrokers(refused))
                throw new HitLogUnavailableException($"the stream {stream} cannot be read: {refused.Message}", refused);
            throw;
        }
    }

    /// <summary>Whether a message is here already.</summary>
    public bool HasMore => _fetched.Reader.TryPeek(out _);

    /// <summary>The next message; waits for it.</summary>
    /// <exception cref="HitLogUnavailableException">The stream cannot be read any more through this cursor.</exception>
    public async ValueTask<StreamMessage> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            var (message, tag) = await _fetched.Reader.ReadAsync(cancellation);
            await Channel.BasicAckAsync(tag, multiple: false, cancellation);
            return message;
        }
        catch (Exception ended) when (ended is ChannelClosedException || Broker.IsTheBrokers(ended))
        {
            throw new HitLogUnavailableException($"the stream cannot be read on: {(ended.InnerException ?? ended).Message}", ended);
        }
    }

    /// <summary>The next message, when there should be one or there is no harm in asking anew: a reading can end without a word from the broker.</summary>
    /// <exception cref="HitLogUnavailableException">The stream cannot be read any more through this cursor, or nothing came in time.</exception>
    public async ValueTask<StreamMessage> ReadWithinAsync(TimeSpan patience, TimeProvider time, CancellationToken cancellation)
    {
        using var over = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellation);
        try
        {
            return await ReadAsync(either.Token);
        }
        catch (OperationCanceledException late) when (!cancellation.IsCancellationRequested)
        {
            throw new HitLogUnavailableException($"the queue sent nothing for {patience.TotalSeconds:0} s", late);
        }
    }

    public override Task HandleBasicDeliverAsync(
        string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey, IReadOnlyBasicProperties properties,
        ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default)
    {
        var offset = Convert.ToInt64(properties.Headers!["x-stream-offset"], CultureInfo.InvariantCulture);
        // The body is the client's again as soon as this returns.
        var message = new StreamMessage(offset, DateTimeOffset.FromUnixTimeSeconds(properties.Timestamp.UnixTime), body.ToArray());
        _fetched.Writer.TryWrite((message, deliveryTag));
        return Task.CompletedTask;
    }

    public override Task HandleChannelShutdownAsync(object channel, ShutdownEventArgs reason)
    {
        _fetched.Writer.TryComplete(new HitLogUnavailableException(reason.ReplyText));
        return base.HandleChannelShutdownAsync(channel, reason);
    }

    /// <summary>The broker ends a consumer when the stream's replica beside it goes.</summary>
    public override Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default)
    {
        _fetched.Writer.TryComplete(new HitLogUnavailableException("the broker ended the reading"));
        return base.HandleBasicCancelAsync(consumerTag, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _fetched.Writer.TryComplete();
        try
        {
            await Channel.DisposeAsync();
        }
        catch (Exception failure) when (Broker.IsTheBrokers(failure) || failure is OperationCanceledException)
        {
            // It went with its connection.
        }
    }
}
