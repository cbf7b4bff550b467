namespace Footfall.Core.Rebuild;

/// <summary>What of the stretches asked for could not be made again, because raw hits are gone or damaged, and stays as it was.</summary>
public sealed record RebuildRemainder(long Visits, long Events);
