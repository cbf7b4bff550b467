using Footfall.Core.Rollups;

namespace Footfall.Server.Analyses;

/// <summary>One run of the scheduled analysis.</summary>
/// <param name="Engine"><c>spark</c> or <c>duckdb</c>.</param>
/// <param name="From">Where the warehouse stood in each partition, from the first; what was read begins there.</param>
/// <param name="Through">Where it stood at the run.</param>
/// <param name="CompleteUntil">Received time up to which everything was read; null when the run failed before it knew.</param>
/// <param name="MicrosecondsPerEvent">What an event cost; null when there was none.</param>
/// <param name="Failure">Why it did not end well, or null.</param>
sealed record AnalysisRunEntry(
    string Engine, DateTimeOffset BeganAt, double Seconds, IReadOnlyList<long> From, IReadOnlyList<long> Through, DateTimeOffset? CompleteUntil,
    long Events, int Sites, int Days, double? MicrosecondsPerEvent, string? Failure)
{
    public static AnalysisRunEntry Of(AnalysisRun run) => new(
        run.Engine, run.Began, run.Took.TotalSeconds, [.. run.From.OrderBy(position => position.Partition).Select(position => position.Offset)],
        [.. run.Through.OrderBy(position => position.Partition).Select(position => position.Offset)], run.CompleteUntil, run.Events, run.Sites, run.Days,
        run.MicrosecondsPerEvent, run.Failure);
}
