using System.IO.Hashing;
using System.Security.Cryptography;
using Footfall.Core.Archive;
using Footfall.Core.HitLog;
using Microsoft.Win32.SafeHandles;

namespace Footfall.Adapters.ArchiveFolder;

/// <summary>
/// Writes a segment beside the others under a name that nobody reads, and gives it its own name once all of it is on the disk. Until then a crash or
/// a full disk leaves a file that the next start removes.
/// </summary>
sealed class SegmentWriter : IArchiveDraft
{
    readonly FolderArchive _archive;
    readonly FolderArchiveOptions _options;
    readonly SegmentHead _head;
    readonly ArchiveEffort _effort;
    readonly string _aside;
    readonly SafeFileHandle _file;
    readonly IncrementalHash _sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    readonly List<ArchiveBlock> _blocks = [];
    readonly List<LogRecord> _records = [];
    BlockCensus _census = new();
    long _blockBytes;
    long _length;
    long _end;
    bool _sealed;

    public SegmentWriter(FolderArchive archive, FolderArchiveOptions options, SegmentHead head, ArchiveEffort effort)
    {
        (_archive, _options, _head, _effort, _end) = (archive, options, head, effort, head.Start);
        _aside = Path.Combine(options.Folder, $"{head.Partition:D4}-{head.Start:D19}-r{head.Revision}{SegmentName.AsideSuffix}");
        _file = File.OpenHandle(_aside, FileMode.Create, FileAccess.Write);
        try
        {
            Span<byte> bytes = stackalloc byte[SegmentHead.Bytes];
            head.Write(bytes);
            Write(bytes);
        }
        catch
        {
            Discard();
            throw;
        }
    }

    public long RawBytes { get; private set; }

    public ValueTask AddAsync(LogRecord record, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfLessThan(record.Offset, _end, nameof(record));
        _records.Add(record);
        _census.Add(record);
        _blockBytes += record.Bytes.Length;
        RawBytes += record.Bytes.Length;
        _end = record.NextOffset;
        if (_blockBytes >= _options.BlockBytes)
            WriteBlock();
        return ValueTask.CompletedTask;
    }

    public async ValueTask CopyAsync(ArchiveSegment from, ArchiveBlock block, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfLessThan(block.Start, _end, nameof(block));
        WriteBlock();
        var place = _length;
        var raw = await _archive.ReadRawAsync(from, block, cancellation);
        Write(raw);
        _blocks.Add(block with { Place = place });
        RawBytes += block.Facts.RawBytes;
        _end = block.End;
    }

    public ValueTask<ArchiveSegment> SealAsync(LogPosition end, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfLessThan(end.Offset, _end, nameof(end));
        WriteBlock();
        var foot = WriteIndex(end.Offset);
        _options.Disk.Sync(_file);
        var segment = FolderSegment.Of(_head, foot, _length);
        _archive.Publish(segment, _aside);
        _sealed = true;
        return ValueTask.FromResult(segment);
    }

    public ValueTask DisposeAsync()
    {
        if (_sealed)
            _file.Dispose();
        else
            Discard();
        _sha.Dispose();
        return ValueTask.CompletedTask;
    }

    void WriteBlock()
    {
        if (_records.Count == 0)
            return;
        var place = _length;
        var body = BlockBody.Pack(_records, _effort == ArchiveEffort.Thorough ? _options.ThoroughLevel : _options.QuickLevel);
        var frame = new BlockFrame(body.Length, _records.Count, _records[0].Offset, _records[^1].NextOffset, XxHash128.HashToUInt128(body.Span));
        // Read back before it counts: the log lets go of its own copy.
        if (!IsSame(_records, BlockBody.Unpack(body, frame)))
            throw new InvalidDataException($"records from offset {frame.Start} on would not come back from the archive as they are; the log keeps them");
        Span<byte> bytes = stackalloc byte[BlockFrame.Bytes];
        frame.Write(bytes);
        Write(bytes);
        Write(body.Span);
        _blocks.Add(new ArchiveBlock(place, frame.Start, frame.End, _census.Facts));
        (_census, _blockBytes) = (new BlockCensus(), 0);
        _records.Clear();
    }

    static bool IsSame(List<LogRecord> records, IReadOnlyList<LogRecord> again)
    {
        for (var index = 0; index < records.Count; index++)
        {
            var (one, other) = (records[index], again[index]);
            if (one.Offset != other.Offset || one.NextOffset != other.NextOffset || !one.Bytes.Span.SequenceEqual(other.Bytes.Span))
                return false;
        }
        return true;
    }

    SegmentFoot WriteIndex(long end)
    {
        var index = IndexCodec.Write(_blocks);
        var indexAt = _length;
        Write(index);
        var facts = _blocks.Select(block => block.Facts).ToList();
        var foot = new SegmentFoot(
            end, _effort, indexAt, index.Length, XxHash3.HashToUInt64(index), facts.Sum(block => (long)block.Records), facts.Sum(block => block.Hits), RawBytes,
            facts.Select(block => block.FirstReceivedAt).DefaultIfEmpty().Min(), facts.Select(block => block.LastReceivedAt).DefaultIfEmpty().Max(),
            _sha.GetCurrentHash());
        Span<byte> bytes = stackalloc byte[SegmentFoot.Bytes];
        foot.Write(bytes);
        Write(bytes);
        return foot;
    }

    void Write(ReadOnlySpan<byte> bytes)
    {
        _options.Disk.Write(_file, bytes, _length);
        _sha.AppendData(bytes);
        _length += bytes.Length;
    }

    void Discard()
    {
        _file.Dispose();
        File.Delete(_aside);
    }
}
