namespace Footfall.Bench.Load;

/// <summary>What came of a run.</summary>
/// <param name="Requests">Answered in the measured time.</param>
/// <param name="Elapsed">The measured time.</param>
/// <param name="EventsAcknowledged">In all answers of the run, warm-up and last stragglers included.</param>
/// <param name="Latencies">Microseconds of the measured requests, ascending.</param>
sealed record LoadResult(long Requests, TimeSpan Elapsed, long EventsAcknowledged, int[] Latencies)
{
    public double PerSecond => Requests / Elapsed.TotalSeconds;

    public TimeSpan Percentile(double share) => Latencies.Length == 0
        ? TimeSpan.Zero
        : TimeSpan.FromMicroseconds(Latencies[Math.Min(Latencies.Length - 1, (int)(share * Latencies.Length))]);
}
