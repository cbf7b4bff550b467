namespace Footfall.Core.Leases;

/// <summary>Work that one process of an installation does again and again; see <see cref="Scheduler"/>.</summary>
/// <param name="Name">Small letters and dashes, the same for ever: logs and metrics have it.</param>
/// <param name="Every">From the end of a pass to the beginning of the next.</param>
/// <param name="RunAsync">
/// One pass. It is given the lease of whoever schedules, whose epoch storage can refuse by, and must end soon after it is cancelled. What it throws is
/// told, and the next pass comes as ever. It gives back what it did, in a few words for the log; null when there was nothing to do.
/// </param>
public sealed record ScheduledJob(string Name, TimeSpan Every, Func<ILease, CancellationToken, Task<string?>> RunAsync);
