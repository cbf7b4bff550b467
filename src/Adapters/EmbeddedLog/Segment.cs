using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace Footfall.Adapters.EmbeddedLog;

/// <summary>
/// One segment file, as readers see it. Where it ends is not its own business: a segment's records end where the next segment begins, and
/// the newest one's at the log's durable end, whatever bytes a failed write may have left behind.
/// </summary>
sealed class Segment(string path, long start, SegmentHeader? header) : IDisposable
{
    const string Suffix = ".hits";

    readonly Lock _gate = new();
    SafeFileHandle? _file;
    bool _disposed;

    public string Path { get; } = path;

    public long Start { get; } = start;

    /// <summary>Null when the header is damaged; then no record of the segment can be told from noise.</summary>
    public ulong? Salt { get; } = header?.Salt;

    public static string PathOf(string folder, long start) =>
        System.IO.Path.Combine(folder, start.ToString("D19", CultureInfo.InvariantCulture) + Suffix);

    /// <summary>The folder's segments, oldest first.</summary>
    public static List<Segment> List(string folder)
    {
        var segments = new List<Segment>();
        foreach (string path in Directory.GetFiles(folder, "*" + Suffix))
        {
            if (long.TryParse(System.IO.Path.GetFileNameWithoutExtension(path), CultureInfo.InvariantCulture, out long start) && start >= 0)
            {
                segments.Add(Open(path, start));
            }
        }

        segments.Sort(static (a, b) => a.Start.CompareTo(b.Start));
        return segments;
    }

    /// <summary>Where the file's bytes end, as a log offset; whole records or not.</summary>
    public long FileEnd() => Start + Math.Max(0, RandomAccess.GetLength(File()) - SegmentHeader.Bytes);

    /// <summary>Reads from a log offset until the buffer is full or the file ends.</summary>
    /// <returns>How many bytes were read.</returns>
    /// <exception cref="ObjectDisposedException">The segment was deleted.</exception>
    public int Read(Span<byte> buffer, long offset)
    {
        int read = 0;
        while (read < buffer.Length)
        {
            int count = RandomAccess.Read(File(), buffer[read..], offset - Start + SegmentHeader.Bytes + read);
            if (count == 0)
            {
                break;
            }

            read += count;
        }

        return read;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _file?.Dispose();
        }
    }

    static Segment Open(string path, long start)
    {
        using SafeFileHandle file = OpenFile(path);
        Span<byte> bytes = stackalloc byte[SegmentHeader.Bytes];
        int read = RandomAccess.Read(file, bytes, 0);
        SegmentHeader? header = SegmentHeader.Read(bytes[..read]);
        return new Segment(path, start, header?.Base == start ? header : null);
    }

    // Opened at the first read, because a log that nobody has worked off for days has more segments than a process may open files.
    SafeFileHandle File()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _file ??= OpenFile(Path);
        }
    }

    static SafeFileHandle OpenFile(string path) =>
        System.IO.File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
}
