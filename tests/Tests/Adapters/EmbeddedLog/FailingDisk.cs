using Footfall.Adapters.EmbeddedLog;
using Microsoft.Win32.SafeHandles;

namespace Footfall.Tests.Adapters.EmbeddedLog;

/// <summary>A real disk whose calls fail when told to.</summary>
sealed class FailingDisk : LogDisk
{
    public bool FailsWrites { get; set; }

    public bool FailsSyncs { get; set; }

    public bool FailsTruncates { get; set; }

    /// <summary>While not set, a sync neither ends nor fails.</summary>
    public ManualResetEventSlim Syncs { get; } = new(initialState: true);

    /// <summary>The same for a truncation.</summary>
    public ManualResetEventSlim Truncates { get; } = new(initialState: true);

    /// <summary>How many bytes of a failing write reach the file all the same.</summary>
    public int WrittenBeforeFailing { get; set; }

    public long Free { get; set; } = long.MaxValue;

    public override void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long position)
    {
        if (FailsWrites)
        {
            base.Write(file, bytes[..Math.Min(WrittenBeforeFailing, bytes.Length)], position);
            throw new IOException("No space left on device");
        }

        base.Write(file, bytes, position);
    }

    public override void Sync(SafeFileHandle file)
    {
        Syncs.Wait();
        if (FailsSyncs)
        {
            throw new IOException("Input/output error");
        }

        base.Sync(file);
    }

    public override void Truncate(SafeFileHandle file, long length)
    {
        Truncates.Wait();
        if (FailsTruncates)
        {
            throw new IOException("Read-only file system");
        }

        base.Truncate(file, length);
    }

    public override long FreeBytes(string folder) => Free;
}
