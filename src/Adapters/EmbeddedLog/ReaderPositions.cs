using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.IO.Hashing;

namespace Footfall.Adapters.EmbeddedLog;

/// <summary>
/// How far each registered reader has released the log, one small file per reader. A file that is damaged still names its reader, who then
/// counts as being at the very start: nothing is deleted until it releases again.
/// </summary>
sealed class ReaderPositions
{
    const string Suffix = ".reader";
    const int Bytes = 32;

    readonly SegmentHitLogOptions _options;
    readonly ConcurrentDictionary<string, long> _positions = new(StringComparer.Ordinal);

    public ReaderPositions(SegmentHitLogOptions options)
    {
        _options = options;
        foreach (string path in Directory.GetFiles(options.Folder, "*" + Suffix))
        {
            _positions[Uri.UnescapeDataString(Path.GetFileNameWithoutExtension(path))] = Read(File.ReadAllBytes(path));
        }
    }

    static ReadOnlySpan<byte> Magic => "FFREADER"u8;

    /// <summary>What lies before it no registered reader will read again; null when none is registered.</summary>
    public long? Slowest => _positions.IsEmpty ? null : _positions.Values.Min();

    /// <summary>How far a reader has released the log; null when it is not registered.</summary>
    public long? Of(string reader) => _positions.TryGetValue(reader, out long known) ? known : null;

    public bool IsReleased(string reader, long offset) => Of(reader) >= offset;

    /// <summary>
    /// Called by one thread at a time. Returns once the position is durable. When it cannot be made so, a reader that is durably registered
    /// still counts as having come this far: after a restart it counts as behind, which deletes less, never more.
    /// </summary>
    public void Release(string reader, long offset)
    {
        if (_positions.ContainsKey(reader))
        {
            _positions[reader] = offset;
        }

        Store(reader, offset);
        _positions[reader] = offset;
    }

    void Store(string reader, long offset)
    {
        string path = Path.Combine(_options.Folder, Uri.EscapeDataString(reader) + Suffix);
        string aside = path + ".aside";
        using (var file = File.OpenHandle(aside, FileMode.Create, FileAccess.Write))
        {
            Span<byte> bytes = stackalloc byte[Bytes];
            Magic.CopyTo(bytes);
            BinaryPrimitives.WriteUInt32LittleEndian(bytes[8..], 1);
            BinaryPrimitives.WriteUInt32LittleEndian(bytes[12..], 0);
            BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], offset);
            BinaryPrimitives.WriteUInt64LittleEndian(bytes[24..], XxHash3.HashToUInt64(bytes[..24]));
            _options.Disk.Write(file, bytes, 0);
            _options.Disk.Sync(file);
        }

        File.Move(aside, path, overwrite: true);
        _options.Disk.SyncFolder(_options.Folder);
    }

    static long Read(ReadOnlySpan<byte> bytes)
    {
        bool sound = bytes.Length == Bytes && bytes.StartsWith(Magic)
            && BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]) == XxHash3.HashToUInt64(bytes[..24]);
        return sound ? BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]) : 0;
    }
}
