using Footfall.Core.HitLog;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Footfall.Adapters.RabbitMq;

/// <summary>
/// One connection to whichever node answers, made again by itself for as long as this lives. Channels are their users' to open, and to open
/// again: a connection that is gone takes them along.
/// </summary>
sealed class Broker : IAsyncDisposable
{
    static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    readonly IReadOnlyList<Uri> _nodes;
    readonly string _name;
    readonly CancellationTokenSource _closing = new();
    readonly Lock _gate = new();
    readonly Task _keeping;
    TaskCompletionSource<IConnection> _connection = NewPromise();
    string? _failure = "not connected yet";
    long _failedAt = Environment.TickCount64;

    public Broker(IReadOnlyList<Uri> nodes, string name)
    {
        (_nodes, _name) = (nodes, name);
        _keeping = Task.Run(KeepAsync);
    }

    /// <summary>Null while connected and taken from; otherwise why not.</summary>
    public string? Failure => Volatile.Read(ref _failure);

    /// <summary>
    /// Whether it has been without a connection for longer than going to another node takes, or as long with one from which nothing is taken: a node
    /// that runs out of disk or memory stops all publishers of the cluster.
    /// </summary>
    public bool IsDown => Failure is not null && Environment.TickCount64 - Volatile.Read(ref _failedAt) > Patience.TotalMilliseconds;

    /// <summary>A channel on the connection; waits for one as long as it may.</summary>
    /// <exception cref="HitLogUnavailableException">There is none now.</exception>
    public async Task<IChannel> OpenChannelAsync(CreateChannelOptions? options, CancellationToken cancellation)
    {
        try
        {
            var connection = await CurrentAsync().WaitAsync(cancellation);
            return await connection.CreateChannelAsync(options, cancellation);
        }
        catch (Exception refused) when (IsTheBrokers(refused))
        {
            throw new HitLogUnavailableException($"the queue cannot be used: {refused.Message}", refused);
        }
    }

    /// <summary>Failures of the network or of the broker, after which trying again may help.</summary>
    public static bool IsTheBrokers(Exception failure) =>
        failure is RabbitMQClientException or IOException or TimeoutException or System.Net.Sockets.SocketException or ObjectDisposedException or InvalidOperationException;

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _keeping;
        _closing.Dispose();
    }

    static TaskCompletionSource<IConnection> NewPromise() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    Task<IConnection> CurrentAsync()
    {
        lock (_gate)
            return _connection.Task;
    }

    async Task KeepAsync()
    {
        // Processes begin at different nodes, so that not all of them lean on the first.
        for (var at = Environment.ProcessId; !_closing.IsCancellationRequested; at++)
        {
            try
            {
                await UseAsync(_nodes[at % _nodes.Count]);
            }
            catch (OperationCanceledException) when (_closing.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                Volatile.Write(ref _failure, failure.Message);
            }
            await Task.Delay(Pause, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    Task FailedAsync(string why)
    {
        Volatile.Write(ref _failedAt, Environment.TickCount64);
        Volatile.Write(ref _failure, why);
        return Task.CompletedTask;
    }

    /// <summary>Connects, and ends when the connection has.</summary>
    async Task UseAsync(Uri node)
    {
        var factory = new ConnectionFactory
        {
            Uri = node,
            ClientProvidedName = _name,
            AutomaticRecoveryEnabled = false,
            RequestedConnectionTimeout = ConnectTimeout,
            ContinuationTimeout = ConnectTimeout,
            HandshakeContinuationTimeout = ConnectTimeout,
            RequestedHeartbeat = TimeSpan.FromSeconds(4),
        };
        await using var connection = await factory.CreateConnectionAsync(_closing.Token);
        var ended = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.ConnectionShutdownAsync += (_, shutdown) =>
        {
            ended.TrySetResult(shutdown.ReplyText);
            return Task.CompletedTask;
        };
        connection.ConnectionBlockedAsync += (_, blocked) => FailedAsync($"it takes nothing in ({blocked.Reason})");
        connection.ConnectionUnblockedAsync += (_, _) =>
        {
            if (!ended.Task.IsCompleted)
                Volatile.Write(ref _failure, null);
            return Task.CompletedTask;
        };
        if (!connection.IsOpen)
            return;
        Volatile.Write(ref _failure, null);
        _connection.TrySetResult(connection);
        try
        {
            await FailedAsync(await ended.Task.WaitAsync(_closing.Token));
        }
        finally
        {
            lock (_gate)
                _connection = NewPromise();
        }
    }
}
