using Microsoft.Win32.SafeHandles;

namespace Footfall.Adapters.ArchiveFolder;

/// <summary>A segment's file, open for reading; it stays readable while it is open, even when it is deleted meanwhile.</summary>
sealed class SegmentBytes : IDisposable
{
    const int WindowBytes = 1 << 20;

    readonly SafeFileHandle _file;

    public SegmentBytes(string path)
    {
        _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Length = RandomAccess.GetLength(_file);
    }

    public long Length { get; }

    /// <exception cref="IOException">The file has become shorter.</exception>
    public byte[] Read(long at, int count)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(count);
        for (var read = 0; read < count;)
        {
            var some = RandomAccess.Read(_file, bytes.AsSpan(read), at + read);
            if (some == 0)
                throw new EndOfStreamException("a segment of the archive became shorter while it was read");
            read += some;
        }
        return bytes;
    }

    /// <summary>Where some bytes come next, from a place on; -1 when they do not.</summary>
    public long Find(ReadOnlySpan<byte> wanted, long from)
    {
        while (from + wanted.Length <= Length)
        {
            var window = Read(from, (int)Math.Min(WindowBytes, Length - from));
            var found = window.AsSpan().IndexOf(wanted);
            if (found >= 0)
                return from + found;
            from += window.Length - wanted.Length + 1;
        }
        return -1;
    }

    public void Dispose() => _file.Dispose();
}
