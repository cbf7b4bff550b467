namespace Footfall.Core.Archive;

/// <summary>A segment was written anew or deleted since it was listed; whoever wants its hits looks at the list again.</summary>
public sealed class ArchiveChangedException(ArchiveSegment segment, Exception? inner = null)
    : Exception($"The archive's segment {segment} has been written anew or deleted meanwhile.", inner);
