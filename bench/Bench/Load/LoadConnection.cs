using System.Net;
using System.Net.Sockets;

namespace Footfall.Bench.Load;

/// <summary>One keep-alive connection with at most one request under way.</summary>
sealed class LoadConnection : IDisposable
{
    readonly Socket _socket;
    readonly RequestTemplate[] _requests;
    readonly byte[] _received = new byte[16 * 1024];
    int _next;
    int _sent;
    int _filled;

    public LoadConnection(IPEndPoint target, RequestTemplate[] requests)
    {
        _requests = requests;
        _socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, SendBufferSize = 1 << 20 };
        _socket.Connect(target);
        _socket.Blocking = false;
        Descriptor = (int)_socket.Handle;
    }

    public int Descriptor { get; }

    public long StartedAt { get; private set; }

    /// <summary>Whether the kernel would not take all of the request yet.</summary>
    public bool HalfSent { get; private set; }

    RequestTemplate Current => _requests[_next];

    /// <summary>Begins the next request.</summary>
    /// <returns>How many events it carries.</returns>
    public int Begin(long firstEvent, long now)
    {
        _next = (_next + 1) % _requests.Length;
        Current.Stamp(firstEvent);
        (StartedAt, _sent, _filled) = (now, 0, 0);
        Continue();
        return Current.Events;
    }

    /// <summary>Sends what is left of the request.</summary>
    public void Continue()
    {
        var bytes = Current.Bytes;
        var count = Epoll.Send(Descriptor, bytes.AsSpan(_sent));
        _sent += Math.Max(0, count);
        HalfSent = _sent < bytes.Length;
    }

    /// <summary>Reads what has come of the answer.</summary>
    /// <returns>The status once the answer is whole, otherwise 0.</returns>
    public int Receive()
    {
        var count = Epoll.Receive(Descriptor, _received.AsSpan(_filled));
        if (count == 0)
            throw new IOException("The server closed a connection that had a request under way.");
        _filled += Math.Max(0, count);
        return Response.StatusOf(_received.AsSpan(0, _filled));
    }

    public string Received => System.Text.Encoding.UTF8.GetString(_received.AsSpan(0, _filled));

    public int Events => Current.Events;

    public void Dispose() => _socket.Dispose();
}
