using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Footfall.Adapters.EmbeddedLog;

/// <summary>The segment that is written to. Used by one thread at a time; any failure to write makes it unusable for good.</summary>
sealed class ActiveSegment(LogDisk disk, SafeFileHandle file, SegmentHeader header) : IDisposable
{
    const string UnfinishedSuffix = ".new";
    const string TornSuffix = ".torn";
    const int BytesAtOnce = 1 << 20;

    public ulong Salt => header.Salt;

    public long Start => header.Base;

    /// <summary>
    /// Makes a segment that begins at an offset. It gets its name only once its header is durable, so that a crash leaves no half-made one,
    /// and takes the place of a segment of the same name, which then holds no durable record.
    /// </summary>
    public static ActiveSegment Create(LogDisk disk, string folder, long start)
    {
        string path = Segment.PathOf(folder, start);
        var header = new SegmentHeader(start, BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))));
        SafeFileHandle file = File.OpenHandle(path + UnfinishedSuffix, FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            Span<byte> bytes = stackalloc byte[SegmentHeader.Bytes];
            header.Write(bytes);
            disk.Write(file, bytes, 0);
            disk.Sync(file);
            File.Move(path + UnfinishedSuffix, path, overwrite: true);
            disk.SyncFolder(folder);
            return new ActiveSegment(disk, file, header);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Goes on with the newest segment of an earlier run: cuts it after its last whole record and makes what it holds durable. What is cut is
    /// kept in a file beside it: nothing can tell a write that never finished from a last record that was spoilt later.
    /// </summary>
    public static ActiveSegment Reopen(LogDisk disk, Segment segment, ulong salt, SegmentTail tail)
    {
        SafeFileHandle file = File.OpenHandle(segment.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            var active = new ActiveSegment(disk, file, new SegmentHeader(segment.Start, salt));
            if (tail.TornBytes > 0)
            {
                SetAside(disk, segment, tail);
            }

            active.CutAfter(tail.End);
            disk.Sync(file);
            return active;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Removes what creations that never finished left behind.</summary>
    public static void Clean(string folder)
    {
        foreach (string path in Directory.GetFiles(folder, "*" + UnfinishedSuffix))
        {
            File.Delete(path);
        }
    }

    /// <summary>Returns once the bytes are durable.</summary>
    public void Write(ReadOnlySpan<byte> frames, long offset)
    {
        disk.Write(file, frames, offset - Start + SegmentHeader.Bytes);
        disk.Sync(file);
    }

    public void CutAfter(long offset)
    {
        long length = offset - Start + SegmentHeader.Bytes;
        if (RandomAccess.GetLength(file) > length)
        {
            disk.Truncate(file, length);
        }
    }

    /// <summary>
    /// After a failed write: removes what must never be read. Nothing here proves anything durable; the next segment, which begins at the
    /// last durable offset, is what makes the cut final, so that this may fail.
    /// </summary>
    public void Abandon(long durableEnd)
    {
        try
        {
            CutAfter(durableEnd);
            disk.Sync(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The disk takes no changes now. The file is not written again, and the next segment's start bounds what is read of it.
        }

        file.Dispose();
    }

    public void Dispose() => file.Dispose();

    static void SetAside(LogDisk disk, Segment segment, SegmentTail tail)
    {
        string path = Segment.PathOf(Path.GetDirectoryName(segment.Path)!, tail.End) + TornSuffix;
        using SafeFileHandle aside = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
        byte[] bytes = new byte[Math.Min(BytesAtOnce, tail.TornBytes)];
        for (long at = 0; at < tail.TornBytes;)
        {
            int read = segment.Read(bytes.AsSpan(0, (int)Math.Min(bytes.Length, tail.TornBytes - at)), tail.End + at);
            if (read == 0)
            {
                break;
            }

            disk.Write(aside, bytes.AsSpan(0, read), at);
            at += read;
        }

        disk.Sync(aside);
    }
}
