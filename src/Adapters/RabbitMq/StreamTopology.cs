using Footfall.Core.HitLog;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Footfall.Adapters.RabbitMq;

/// <summary>
/// Makes the streams, or finds them made. They say themselves how many partitions there are: the last one is made first, so that where the
/// first is, all are, and none is beyond the last.
/// </summary>
sealed class StreamTopology(RabbitMqHitLogOptions options, Broker broker)
{
    /// <exception cref="HitLogUnavailableException">The broker cannot be asked now.</exception>
    /// <exception cref="InvalidOperationException">The streams were made for another number of partitions.</exception>
    public async Task DeclareAsync(CancellationToken cancellation)
    {
        if (await ExistsAsync(0, cancellation) && !await ExistsAsync(options.Partitions - 1, cancellation))
            throw OtherCount("fewer");
        for (var partition = options.Partitions - 1; partition >= 0; partition--)
            await DeclareAsync(options.StreamOf(partition), options.SegmentBytes, bytesMax: null, cancellation);
        await DeclareAsync(options.ReleasesStream, segmentBytes: 1024 * 1024, bytesMax: 4 * 1024 * 1024, cancellation);
        if (await ExistsAsync(options.Partitions, cancellation))
            throw OtherCount("more");
    }

    InvalidOperationException OtherCount(string comparison) => new(FormattableString.Invariant(
        $"the queue has {comparison} than {options.Partitions} partitions under the name {options.Prefix}: their number is fixed when they are made, because visitors would change theirs with it"));

    async Task DeclareAsync(string stream, int segmentBytes, long? bytesMax, CancellationToken cancellation)
    {
        var arguments = new Dictionary<string, object?>
        {
            ["x-queue-type"] = "stream",
            ["x-initial-cluster-size"] = options.Replicas,
            ["x-queue-leader-locator"] = "balanced",
            ["x-stream-max-segment-size-bytes"] = segmentBytes,
        };
        if (bytesMax is { } most)
            arguments["x-max-length-bytes"] = most;
        await using var channel = await broker.OpenChannelAsync(options: null, cancellation);
        try
        {
            await channel.QueueDeclareAsync(stream, durable: true, exclusive: false, autoDelete: false, arguments, cancellationToken: cancellation);
        }
        catch (OperationInterruptedException differs) when (differs.ShutdownReason?.ReplyCode == Constants.PreconditionFailed)
        {
            // Made with other sizes once: they are the operator's to change, and the stream is good as it is.
        }
        catch (Exception refused) when (Broker.IsTheBrokers(refused))
        {
            throw new HitLogUnavailableException($"the stream {stream} cannot be made: {refused.Message}", refused);
        }
    }

    async Task<bool> ExistsAsync(int partition, CancellationToken cancellation)
    {
        await using var channel = await broker.OpenChannelAsync(options: null, cancellation);
        try
        {
            await channel.QueueDeclarePassiveAsync(options.StreamOf(partition), cancellation);
            return true;
        }
        catch (OperationInterruptedException refused) when (refused.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            return false;
        }
        catch (Exception refused) when (Broker.IsTheBrokers(refused))
        {
            throw new HitLogUnavailableException($"the queue cannot be asked: {refused.Message}", refused);
        }
    }
}
