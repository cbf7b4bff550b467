using System.Diagnostics;

namespace Footfall.Bench.Load;

/// <summary>Drives a server with one thread over many keep-alive connections, and checks every answer's status.</summary>
sealed class LoadDriver : IDisposable
{
    readonly LoadPlan _plan;
    readonly Epoll _epoll = new();
    readonly LoadConnection[] _connections;
    readonly Queue<int> _idle = new();
    readonly List<int> _latencies = new(1 << 20);
    long _begun;
    long _nextEvent;
    long _acknowledged;
    long _measured;
    int _underWay;

    LoadDriver(LoadPlan plan)
    {
        _plan = plan;
        _nextEvent = plan.FirstEvent;
        _connections = [.. Enumerable.Range(0, plan.Connections).Select(index => new LoadConnection(plan.Target, RequestsOf(plan, index)))];
        for (var index = 0; index < _connections.Length; index++)
        {
            _epoll.Watch(_connections[index].Descriptor, index, writable: false, known: false);
            _idle.Enqueue(index);
        }
    }

    /// <exception cref="InvalidDataException">An answer had another status than the expected one.</exception>
    public static LoadResult Run(LoadPlan plan)
    {
        using var driver = new LoadDriver(plan);
        return driver.Run();
    }

    public void Dispose()
    {
        foreach (var connection in _connections)
            connection.Dispose();
        _epoll.Dispose();
    }

    /// <summary>Every template belongs to one connection; with fewer templates than connections each connection gets a copy.</summary>
    static RequestTemplate[] RequestsOf(LoadPlan plan, int index)
    {
        var own = plan.Requests.Where((_, i) => i % plan.Connections == index).ToArray();
        return own.Length > 0 ? own : [plan.Requests[index % plan.Requests.Count] with { Bytes = [.. plan.Requests[index % plan.Requests.Count].Bytes] }];
    }

    LoadResult Run()
    {
        var begin = Stopwatch.GetTimestamp();
        var measureFrom = begin + Ticks(_plan.WarmUp);
        var end = measureFrom + Ticks(_plan.Duration);
        var ready = new int[256];
        while (true)
        {
            var now = Stopwatch.GetTimestamp();
            if (now < end)
                SendDue(now, begin);
            else if (_underWay == 0)
                break;
            var count = _epoll.Wait(ready, _plan.Pace is null ? 100 : 1);
            now = Stopwatch.GetTimestamp();
            foreach (var index in ready.AsSpan(0, count))
                Serve(index, now, measureFrom, end);
        }
        _latencies.Sort();
        return new LoadResult(_measured, _plan.Duration, _acknowledged, [.. _latencies]);
    }

    void SendDue(long now, long begin)
    {
        var due = _plan.Pace is { } pace ? (long)(pace * (now - begin) / Stopwatch.Frequency) - _begun : long.MaxValue;
        for (; due > 0 && _idle.TryDequeue(out var index); due--)
        {
            var connection = _connections[index];
            _nextEvent += connection.Begin(_nextEvent, now);
            _begun++;
            _underWay++;
            if (connection.HalfSent)
                _epoll.Watch(connection.Descriptor, index, writable: true, known: true);
        }
    }

    void Serve(int index, long now, long measureFrom, long end)
    {
        var connection = _connections[index];
        if (connection.HalfSent)
        {
            connection.Continue();
            if (!connection.HalfSent)
                _epoll.Watch(connection.Descriptor, index, writable: false, known: true);
        }
        var status = connection.Receive();
        if (status == 0)
            return;
        if (status != _plan.ExpectedStatus)
            throw new InvalidDataException($"The server answered {status} where {_plan.ExpectedStatus} was due:\n{connection.Received}");
        _acknowledged += connection.Events;
        if (now >= measureFrom && now < end)
        {
            _measured++;
            _latencies.Add((int)((now - connection.StartedAt) * 1_000_000 / Stopwatch.Frequency));
        }
        _idle.Enqueue(index);
        _underWay--;
    }

    static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);
}
