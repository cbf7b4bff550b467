using Footfall.Core.Rollups;

namespace Footfall.Server.Analyses;

/// <summary>One run of the scheduled analysis.</summary>
/// <param name="Engine"><c>spark</c> or <c>duckdb</c>.</param>
/// <param name="From">Where the warehouse stood in each partition, from the first; what was read begins there.</param>
/// <param name="Through">Where it stood at the run.</param>
/// <param name="CompleteUntil">Received time up to which everything was read; null when the run failed before it knew.</param>
/// <param name="Events">Of all sites; null, as the next two, for who has not all of them.</param>
/// <param name="MicrosecondsPerEvent">What an event cost; null when there was none.</param>
/// <param name="Failure">Why it did not end well, or null; for who has not all sites only that it did not.</param>
sealed record AnalysisRunEntry(
    string Engine, DateTimeOffset BeganAt, double Seconds, IReadOnlyList<long> From, IReadOnlyList<long> Through, DateTimeOffset? CompleteUntil,
    long? Events, int? Sites, int? Days, double? MicrosecondsPerEvent, string? Failure)
{
    const string FailureOfOthers = "who runs the server can see why";

    /// <summary>The same without what it says of other accounts' sites and of the machines.</summary>
    public AnalysisRunEntry WithoutOthers() => this with
    {
        From = [],
        Through = [],
        Events = null,
        Sites = null,
        Days = null,
        MicrosecondsPerEvent = null,
        Failure = Failure is null ? null : FailureOfOthers,
    };

    public static AnalysisRunEntry Of(AnalysisRun run) => new(
        run.Engine, run.Began, run.Took.TotalSeconds, [.. run.From.OrderBy(position => position.Partition).Select(position => position.Offset)],
        [.. run.Through.OrderBy(position => position.Partition).Select(position => position.Offset)], run.CompleteUntil, run.Events, run.Sites, run.Days,
        run.MicrosecondsPerEvent, run.Failure);
}
