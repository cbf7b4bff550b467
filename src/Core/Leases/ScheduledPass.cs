namespace Footfall.Core.Leases;

/// <summary>A pass of a job that has ended.</summary>
/// <param name="Did">What the job says it did; null when there was nothing to do, or it failed.</param>
/// <param name="Failure">Null when it went well.</param>
public sealed record ScheduledPass(ScheduledJob Job, TimeSpan Took, string? Did, Exception? Failure);
