using System.Net;
using System.Net.Sockets;

namespace Footfall.Tests.Adapters.Spark;

/// <summary>Stands between a client and a server, and cuts what goes through when a test says so.</summary>
sealed class CutConnections : IAsyncDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _stop = new();
    readonly List<Socket> _open = [];
    readonly Uri _server;
    readonly Task _accepting;
    long _passed;

    public CutConnections(Uri server)
    {
        _server = server;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new(FormattableString.Invariant($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}"));

    /// <summary>Bytes from the server to the client.</summary>
    public long Passed => Interlocked.Read(ref _passed);

    public int Cuts { get; private set; }

    /// <summary>Ends every connection at once, in the middle of whatever it carries.</summary>
    public void Cut()
    {
        lock (_open)
        {
            foreach (var socket in _open)
                socket.Close(0);
            _open.Clear();
        }
        Cuts++;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        Cut();
        await _accepting;
        _stop.Dispose();
    }

    async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptSocketAsync(_stop.Token);
                var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                await server.ConnectAsync(_server.Host, _server.Port, _stop.Token);
                lock (_open)
                    _open.AddRange([client, server]);
                _ = CopyAsync(client, server, count: false);
                _ = CopyAsync(server, client, count: true);
            }
            catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // The test is over, or the server away.
            }
        }
    }

    async Task CopyAsync(Socket from, Socket to, bool count)
    {
        var buffer = new byte[16_384];
        try
        {
            while (await from.ReceiveAsync(buffer, _stop.Token) is > 0 and var read)
            {
                await to.SendAsync(buffer.AsMemory(0, read), _stop.Token);
                if (count)
                    Interlocked.Add(ref _passed, read);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // It was cut.
        }
        to.Close(0);
    }
}
