using Footfall.Core.HitLog;

namespace Footfall.Core.Rebuild;

/// <summary>How far the raw hits have been read anew.</summary>
/// <param name="Position">Everything before it is in the new version.</param>
/// <param name="Start">Where history begins.</param>
/// <param name="First">Where this process began on it: later than that when it goes on with what another left.</param>
/// <param name="End">Where it ends; moves on with what comes in.</param>
/// <param name="Hits">Hits read since this process began on it.</param>
/// <param name="Seconds">How long that took.</param>
public sealed record RebuildProgress(LogPosition Position, LogPosition Start, LogPosition First, LogPosition End, long Hits, double Seconds);
