namespace Footfall.Adapters.EmbeddedLog;

/// <summary>Where and how the embedded hit log is kept; the defaults suit machines of any size.</summary>
public sealed record SegmentHitLogOptions
{
    /// <summary>The folder of the segments and of the readers' positions. The log owns it alone; whoever opens the log sees to that.</summary>
    public required string Folder { get; init; }

    /// <summary>
    /// An offset up to which a reader is known to have read, and 0 when none is. A log that ends before it has lost its end to damage: it goes on
    /// from there, so that no reader takes a new record for one it knows.
    /// </summary>
    public long ReadTo { get; init; }

    /// <summary>An offset below which everything is kept elsewhere: where a log begins that has no file, as after a restore.</summary>
    public long BeginAt { get; init; }

    /// <summary>A segment that has grown to this many bytes is closed and the next group of records begins a new one.</summary>
    public long SegmentBytes { get; init; } = 64L << 20;

    /// <summary>Bytes that may wait for the next write; beyond them an append is refused as overloaded.</summary>
    public int QueueBytesMax { get; init; } = 32 << 20;

    /// <summary>Appends are refused while the disk has fewer free bytes, which leaves room for what works the log off.</summary>
    public long FreeBytesFloor { get; init; } = 64L << 20;

    /// <summary>
    /// How long a write or a sync may take before those who wait are refused: short enough for a client that waits, long enough for a disk that
    /// is only slow.
    /// </summary>
    public TimeSpan StallAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Told what an operator should know. Called on the log's own threads, must return soon and must not throw.</summary>
    public Action<HitLogNotice>? Notify { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The file system; tests make it fail.</summary>
    public LogDisk Disk { get; init; } = new();
}
