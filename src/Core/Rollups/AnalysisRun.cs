using Footfall.Core.HitLog;

namespace Footfall.Core.Rollups;

/// <summary>One run of the scheduled analysis.</summary>
/// <param name="Engine">What worked it off, such as <c>spark</c>.</param>
/// <param name="From">Where the warehouse stood at the end of the run before, in each partition.</param>
/// <param name="Through">Where it stands now; <paramref name="From"/> when the run failed before it knew.</param>
/// <param name="CompleteUntil">Received time up to which everything is in; null when nothing has been worked off, or it failed.</param>
/// <param name="Events">That came in between, bots included.</param>
/// <param name="Sites">That they came in for.</param>
/// <param name="Days">Rollups of sites' days that were made.</param>
/// <param name="Failure">Why it did not end well; null when it did. What it had made stays, and the next run does the rest.</param>
public sealed record AnalysisRun(
    string Engine, DateTimeOffset Began, TimeSpan Took, IReadOnlyList<LogPosition> From, IReadOnlyList<LogPosition> Through, DateTimeOffset? CompleteUntil,
    long Events, int Sites, int Days, string? Failure)
{
    /// <summary>What an event cost, in microseconds; null when there was none.</summary>
    public double? MicrosecondsPerEvent => Events > 0 ? Took.TotalMicroseconds / Events : null;
}
