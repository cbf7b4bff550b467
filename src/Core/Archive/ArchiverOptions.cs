namespace Footfall.Core.Archive;

/// <summary>When hits are moved from the log into the archive.</summary>
public sealed record ArchiverOptions
{
    /// <summary>What is received within one such stretch of time, counted from 1970, goes into a segment; it is sealed when the stretch is over.</summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromHours(1);

    /// <summary>A segment that has come to so many bytes of records is sealed at once.</summary>
    public long SegmentBytes { get; init; } = 256L << 20;

    /// <summary>How often to look.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(5);
}
