using System.Buffers;
using System.Buffers.Text;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text;

namespace Footfall.Adapters.Memcached;

/// <summary>
/// One connection that many ask over at once. Commands are written in the order they come, all that wait at a time in one piece, and answered in that
/// order. Whoever gives up waiting leaves a place in the queue that the answer, should it come, is dropped into. What breaks the connection ends every
/// wait. Owned by its <see cref="MemcachedNode"/>.
/// </summary>
sealed class MemcachedConnection : IDisposable
{
    /// <summary>What may wait to be written, and how many to be answered; more are refused rather than kept in memory.</summary>
    const int UnsentBytesMax = 16 * 1024 * 1024;
    const int WaitingMax = 4096;
    const int ValueBytesMax = 64 * 1024 * 1024;

    readonly Socket _socket;
    readonly Lock _gate = new();
    readonly Queue<TaskCompletionSource<Reply>> _waiting = new();
    ArrayBufferWriter<byte> _unsent = new();
    ArrayBufferWriter<byte> _spare = new();
    bool _isSending;
    bool _isClosed;

    MemcachedConnection(Socket socket) => _socket = socket;

    public bool IsClosed
    {
        get
        {
            lock (_gate)
                return _isClosed;
        }
    }

    public static async Task<MemcachedConnection> OpenAsync(string host, int port, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(host, port, cancellation);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
        var connection = new MemcachedConnection(socket);
        _ = connection.ReceiveAsync();
        return connection;
    }

    /// <summary>Sends a command.</summary>
    /// <param name="value">What follows its line; null for a command that nothing follows.</param>
    /// <returns>The answer, which is no when the connection is closed or has too much to do already. Fails when the connection breaks.</returns>
    public Task<Reply> SendAsync(ReadOnlyMemory<byte> line, ReadOnlyMemory<byte>? value)
    {
        TaskCompletionSource<Reply> waiting;
        lock (_gate)
        {
            if (_isClosed || _waiting.Count >= WaitingMax || _unsent.WrittenCount + (value?.Length ?? 0) > UnsentBytesMax)
                return Task.FromResult(Reply.No);
            _unsent.Write(line.Span);
            if (value is { } block)
            {
                _unsent.Write(block.Span);
                _unsent.Write("\r\n"u8);
            }
            waiting = new TaskCompletionSource<Reply>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(waiting);
            if (_isSending)
                return waiting.Task;
            _isSending = true;
        }
        _ = SendAllAsync();
        return waiting.Task;
    }

    public void Dispose() => Close(new ObjectDisposedException(nameof(MemcachedConnection)));

    async Task SendAllAsync()
    {
        // The one that asked goes on at once; what others add meanwhile is sent with it.
        await Task.Yield();
        try
        {
            while (true)
            {
                ArrayBufferWriter<byte> batch;
                lock (_gate)
                {
                    if (_unsent.WrittenCount == 0 || _isClosed)
                    {
                        _isSending = false;
                        return;
                    }
                    (batch, _unsent) = (_unsent, _spare);
                }
                for (var rest = batch.WrittenMemory; rest.Length > 0;)
                    rest = rest[await _socket.SendAsync(rest, SocketFlags.None)..];
                batch.ResetWrittenCount();
                _spare = batch;
            }
        }
        catch (Exception broken) when (broken is SocketException or ObjectDisposedException)
        {
            Close(broken);
        }
    }

    async Task ReceiveAsync()
    {
        var reader = PipeReader.Create(new NetworkStream(_socket));
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync();
                var buffer = read.Buffer;
                while (TryTake(ref buffer, out var reply))
                    Answer(reply);
                if (read.IsCompleted)
                    throw new IOException("the node has closed the connection");
                reader.AdvanceTo(buffer.Start, buffer.End);
            }
        }
        catch (Exception broken) when (broken is IOException or SocketException or ObjectDisposedException or InvalidDataException)
        {
            Close(broken);
        }
        finally
        {
            await reader.CompleteAsync();
        }
    }

    /// <summary>Takes one whole answer off the front; false when the rest of it is still to come.</summary>
    /// <exception cref="InvalidDataException">It is none that the protocol knows.</exception>
    static bool TryTake(ref ReadOnlySequence<byte> buffer, out Reply reply)
    {
        reply = Reply.No;
        var lines = new SequenceReader<byte>(buffer);
        if (!lines.TryReadTo(out ReadOnlySpan<byte> line, "\r\n"u8))
            return false;
        if (line.StartsWith("VA "u8))
        {
            if (!Utf8Parser.TryParse(line[3..], out int length, out var used) || length is < 0 or > ValueBytesMax)
                throw new InvalidDataException("a value has no length");
            var flags = line[(3 + used)..] is [(byte)' ', (byte)'f', .. var digits] && Utf8Parser.TryParse(digits, out uint found, out _) ? found : 0;
            if (lines.Remaining < length + 2)
                return false;
            var value = buffer.Slice(lines.Position, length).ToArray();
            reply = new Reply(true, flags, value);
            lines.Advance(length + 2);
        }
        else if (line.StartsWith("HD"u8))
        {
            reply = Reply.Yes;
        }
        else if (!line.StartsWith("EN"u8) && !line.StartsWith("NS"u8) && !line.StartsWith("SERVER_ERROR"u8))
        {
            // After this nobody knows which answer belongs to whom.
            throw new InvalidDataException($"the node said {Encoding.ASCII.GetString(line[..Math.Min(line.Length, 60)])}");
        }
        buffer = buffer.Slice(lines.Position);
        return true;
    }

    void Answer(Reply reply)
    {
        TaskCompletionSource<Reply>? waiting;
        lock (_gate)
        {
            if (!_waiting.TryDequeue(out waiting))
                throw new InvalidDataException("the node answered what nobody asked");
        }
        waiting.TrySetResult(reply);
    }

    void Close(Exception why)
    {
        TaskCompletionSource<Reply>[] left;
        lock (_gate)
        {
            if (_isClosed)
                return;
            _isClosed = true;
            left = [.. _waiting];
            _waiting.Clear();
        }
        _socket.Dispose();
        foreach (var waiting in left)
        {
            waiting.TrySetException(why);
            // Whoever gave up does not look.
            _ = waiting.Task.Exception;
        }
    }
}
