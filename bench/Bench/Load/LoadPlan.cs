using System.Net;

namespace Footfall.Bench.Load;

/// <summary>What to send, where, and for how long.</summary>
sealed record LoadPlan(IPEndPoint Target, IReadOnlyList<RequestTemplate> Requests)
{
    /// <summary>Each has one request under way; there is no pipelining.</summary>
    public int Connections { get; init; } = 64;

    /// <summary>Sent and checked, but not in the figures.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Requests per second over all connections; null sends each as soon as the last is answered.</summary>
    public double? Pace { get; init; }

    /// <summary>The number of the first event, to keep the runs of one benchmark apart.</summary>
    public long FirstEvent { get; init; }

    /// <summary>The only status that counts; any other ends the benchmark.</summary>
    public int ExpectedStatus { get; init; } = 202;
}
