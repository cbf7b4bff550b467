namespace Footfall.Core.Archive;

/// <summary>What a segment holds: its blocks, in order.</summary>
/// <param name="IsRepaired">The stored list was damaged and this one was made by reading the blocks; a block that was damaged too is not in it.</param>
public sealed record ArchiveIndex(IReadOnlyList<ArchiveBlock> Blocks, bool IsRepaired);
