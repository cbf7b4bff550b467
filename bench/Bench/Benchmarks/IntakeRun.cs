using Footfall.Bench.Load;

namespace Footfall.Bench.Benchmarks;

/// <summary>One server's turn in a round of the intake benchmark.</summary>
/// <param name="Answering">Processor time of the server's process from the first request to the last answer.</param>
/// <param name="Settled">The same until everything acknowledged was worked off.</param>
/// <param name="Settling">How long that took after the last answer.</param>
sealed record IntakeRun(string Name, LoadResult Result, TimeSpan Answering, TimeSpan Settled, TimeSpan Settling)
{
    public double MicrosecondsEach => Answering.TotalMicroseconds / Result.EventsAcknowledged;

    public double MicrosecondsEachSettled => Settled.TotalMicroseconds / Result.EventsAcknowledged;
}
