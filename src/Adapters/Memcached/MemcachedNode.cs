using System.Net.Sockets;

namespace Footfall.Adapters.Memcached;

/// <summary>
/// One node and the connections to it. A node that refuses, breaks off, or answers nobody for a few times their patience is ejected: nobody asks it but
/// one, now and then, until it answers again. Never throws but for cancellation. Owned by the cache.
/// </summary>
sealed class MemcachedNode : IDisposable
{
    /// <summary>How many connections there are at most; each carries many commands at once.</summary>
    const int ConnectionsMax = 2;

    /// <summary>So many stretches of <see cref="Patience"/> without an answer eject it, however many waited in each.</summary>
    const int SilencesMax = 3;

    /// <summary>After this a caller goes on without an answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    readonly string _host;
    readonly int _port;
    readonly TimeProvider _time;
    readonly MemcachedConnection?[] _connections = new MemcachedConnection?[ConnectionsMax];
    readonly SemaphoreSlim _opening = new(1);
    int _silences;
    long _silentAt;
    long _ejectedAt;
    uint _turn;

    public MemcachedNode(string address, TimeProvider time)
    {
        var colon = address.LastIndexOf(':');
        (_host, _port, _time) = (address[..colon], int.Parse(address.AsSpan(colon + 1), System.Globalization.CultureInfo.InvariantCulture), time);
    }

    public bool IsEjected => Volatile.Read(ref _silences) >= SilencesMax;

    /// <summary>Whether a caller may ask it. Of all who come to an ejected node after its pause, one may.</summary>
    public bool MayBeAsked()
    {
        if (!IsEjected)
            return true;
        var since = Interlocked.Read(ref _ejectedAt);
        return _time.GetElapsedTime(since) >= MemcachedReportCache.EjectedFor && Interlocked.CompareExchange(ref _ejectedAt, _time.GetTimestamp(), since) == since;
    }

    public async ValueTask<Reply> AskAsync(ReadOnlyMemory<byte> line, ReadOnlyMemory<byte>? value, CancellationToken cancellation)
    {
        try
        {
            var place = (int)(Interlocked.Increment(ref _turn) % ConnectionsMax);
            var connection = _connections[place] is { IsClosed: false } open ? open : await OpenAsync(place, cancellation);
            if (connection is null)
                return Reply.No;
            var reply = await connection.SendAsync(line, value).WaitAsync(Patience, _time, cancellation);
            Volatile.Write(ref _silences, 0);
            return reply;
        }
        catch (TimeoutException)
        {
            var before = Interlocked.Read(ref _silentAt);
            if (_time.GetElapsedTime(before) >= Patience && Interlocked.CompareExchange(ref _silentAt, _time.GetTimestamp(), before) == before)
                Fail(1);
        }
        catch (Exception broken) when (broken is SocketException or IOException or InvalidDataException or ObjectDisposedException)
        {
            Fail(SilencesMax);
        }
        return Reply.No;
    }

    public void Dispose()
    {
        foreach (var connection in _connections)
            connection?.Dispose();
        _opening.Dispose();
    }

    /// <summary>Opens a connection; null when another caller is at it already, who is not waited for.</summary>
    async Task<MemcachedConnection?> OpenAsync(int place, CancellationToken cancellation)
    {
        if (!await _opening.WaitAsync(Patience, cancellation))
            return null;
        try
        {
            if (_connections[place] is { IsClosed: false } open)
                return open;
            using var late = new CancellationTokenSource(Patience, _time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
            try
            {
                return _connections[place] = await MemcachedConnection.OpenAsync(_host, _port, either.Token);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                throw new SocketException((int)SocketError.TimedOut);
            }
        }
        finally
        {
            _opening.Release();
        }
    }

    void Fail(int silences)
    {
        if (Interlocked.Add(ref _silences, silences) < SilencesMax)
            return;
        Interlocked.Exchange(ref _ejectedAt, _time.GetTimestamp());
        // Should it come back, it begins with connections on which nothing is owed.
        foreach (var connection in _connections)
            connection?.Dispose();
    }
}
