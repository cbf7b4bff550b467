namespace Footfall.Server.Cli.Wire;

/// <summary>One segment that was compared with its checksums.</summary>
public sealed record VerifiedSegmentAnswer(ArchiveSegmentAnswer Segment, long Bytes, IReadOnlyList<DamageAnswer> Damage);
