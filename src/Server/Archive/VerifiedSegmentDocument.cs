namespace Footfall.Server.Archive;

/// <summary>One line of a verification.</summary>
/// <param name="Bytes">What was read.</param>
sealed record VerifiedSegmentDocument(ArchiveSegmentDocument Segment, long Bytes, IReadOnlyList<DamageDocument> Damage);
