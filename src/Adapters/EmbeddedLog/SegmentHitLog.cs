using Footfall.Core.HitLog;

namespace Footfall.Adapters.EmbeddedLog;

/// <summary>
/// The hit log of one machine: segment files in a folder, one partition, offsets that count bytes. docs/formats/hit-log.md describes the
/// files; docs/decisions/0001-own-segment-log.md says why it is our own.
/// </summary>
public sealed class SegmentHitLog : IHitLog
{
    readonly SegmentSet _segments;
    readonly GroupCommitter _committer;
    readonly ReaderPositions _readers;
    readonly SemaphoreSlim _releasing = new(1, 1);

    SegmentHitLog(SegmentHitLogOptions options, SegmentSet segments, ActiveSegment? active, string? unavailable)
    {
        _segments = segments;
        _readers = new ReaderPositions(options);
        _committer = new GroupCommitter(options, segments, active, unavailable);
    }

    public int Partitions => 1;

    public string? Unavailable => _committer.Unavailable;

    /// <summary>
    /// Opens the log, or begins one. A disk that takes no writes does not prevent it: the log can then be read, and takes records as soon as
    /// the disk does.
    /// </summary>
    /// <exception cref="IOException">The folder can be neither made nor read.</exception>
    /// <exception cref="InvalidDataException">A newer program wrote the log.</exception>
    public static SegmentHitLog Open(SegmentHitLogOptions options)
    {
        MakeFolder(options.Disk, Path.GetFullPath(options.Folder));
        List<Segment> found = Segment.List(options.Folder);
        SegmentTail tail = (found is [.., var newest] ? SegmentTail.Find(newest) : new SegmentTail(options.BeginAt, 0, 0))
            .ReachingTo(Math.Max(options.ReadTo, options.BeginAt));
        var segments = new SegmentSet(found, tail.End);
        ActiveSegment? active = null;
        string? unavailable = null;
        try
        {
            active = OpenActive(options, segments, found, tail);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            unavailable = $"The hit log takes no records: {e.Message}";
            options.Notify?.Invoke(new HitLogNotice(HitLogNoticeKind.Unavailable, unavailable));
        }

        Report(options, found, tail);
        return new SegmentHitLog(options, segments, active, unavailable);
    }

    /// <summary>How far a reader has released the log, which is durable; the start of the log when it is not registered.</summary>
    public LogPosition ReleasedBy(string reader) => new(0, Math.Max(_readers.Of(reader) ?? 0, _segments.Start));

    public ValueTask<LogPosition> AppendAsync(int partition, ReadOnlyMemory<byte> record, CancellationToken cancellation)
    {
        Check(partition);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(record.Length, IHitLog.RecordBytesMax, nameof(record));
        return cancellation.IsCancellationRequested
            ? ValueTask.FromCanceled<LogPosition>(cancellation)
            : _committer.AppendAsync(record.Span, cancellation);
    }

    /// <exception cref="ArgumentOutOfRangeException">The position lies beyond the end: it was stored for another log.</exception>
    /// <exception cref="HitLogDamagedException">
    /// Besides damage: the position lies before the start, in what was released; the next whole record is at the start.
    /// </exception>
    public async ValueTask<IReadOnlyList<LogRecord>> ReadAsync(LogPosition from, int bytesMax, CancellationToken cancellation)
    {
        Check(from);
        cancellation.ThrowIfCancellationRequested();
        await _segments.WaitBeyondAsync(from.Offset, cancellation);
        if (_segments.Find(from.Offset) is not var (segment, limit))
        {
            throw Released(from);
        }

        try
        {
            List<LogRecord> records = SegmentReader.Read(segment, from.Offset, limit, bytesMax);
            return records.Count > 0 ? records : throw Damaged(segment, from, limit);
        }
        catch (Exception e) when (e is ObjectDisposedException or FileNotFoundException && from.Offset < _segments.Start)
        {
            throw Released(from);
        }
    }

    public LogPosition Start(int partition)
    {
        Check(partition);
        return new LogPosition(partition, _segments.Start);
    }

    public LogPosition End(int partition)
    {
        Check(partition);
        return new LogPosition(partition, _segments.End);
    }

    public async ValueTask ReleaseAsync(string reader, LogPosition position, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(reader);
        Check(position);
        await _releasing.WaitAsync(cancellation);
        try
        {
            if (!_readers.IsReleased(reader, position.Offset))
            {
                await Task.Run(() => Release(reader, position.Offset), CancellationToken.None);
            }
        }
        finally
        {
            _releasing.Release();
        }
    }

    public async ValueTask PartAsync(int partition, CancellationToken cancellation)
    {
        Check(partition);
        await _committer.PartAsync(cancellation);
        await _releasing.WaitAsync(cancellation);
        try
        {
            if (_readers.Slowest is { } slowest)
            {
                _segments.DeleteBefore(slowest);
            }
        }
        finally
        {
            _releasing.Release();
        }
    }

    public ValueTask DisposeAsync()
    {
        _committer.Dispose();
        _segments.Dispose();
        return ValueTask.CompletedTask;
    }

    // A new folder is as durable as its name in the folder above it.
    static void MakeFolder(LogDisk disk, string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        if (Path.GetDirectoryName(folder) is { } above)
        {
            MakeFolder(disk, above);
            Directory.CreateDirectory(folder);
            disk.SyncFolder(above);
        }
    }

    static ActiveSegment OpenActive(SegmentHitLogOptions options, SegmentSet segments, List<Segment> found, SegmentTail tail)
    {
        ActiveSegment.Clean(options.Folder);
        if (found is [.., { Salt: { } salt } newest] && !tail.IsLost)
        {
            return ActiveSegment.Reopen(options.Disk, newest, salt, tail);
        }

        ActiveSegment active = ActiveSegment.Create(options.Disk, options.Folder, tail.End);
        segments.Add(new Segment(Segment.PathOf(options.Folder, tail.End), tail.End, new SegmentHeader(tail.End, active.Salt)));
        return active;
    }

    static void Report(SegmentHitLogOptions options, List<Segment> found, SegmentTail tail)
    {
        if (tail.TornBytes > 0)
        {
            options.Notify?.Invoke(new HitLogNotice(
                HitLogNoticeKind.TornTailCut,
                $"Cut an append that never finished off the end of {found[^1].Path}; its bytes are kept beside it.", tail.TornBytes));
        }

        if (tail.DamagedBytes > 0)
        {
            options.Notify?.Invoke(new HitLogNotice(
                HitLogNoticeKind.Damage, $"Bytes below the end of {(found.Count > 0 ? found[^1].Path : "the log")} fail their checksum.", tail.DamagedBytes));
        }
    }

    void Release(string reader, long offset)
    {
        try
        {
            _readers.Release(reader, offset);
        }
        finally
        {
            // Also when a full disk did not take the position, because deleting is what makes room again.
            if (_readers.Slowest is { } slowest)
            {
                _segments.DeleteBefore(slowest);
            }
        }
    }

    HitLogDamagedException Released(LogPosition from) =>
        new(from, new LogPosition(0, _segments.Start), $"What lay at {from} was released by every reader and deleted.");

    static HitLogDamagedException Damaged(Segment segment, LogPosition from, long limit)
    {
        var next = new LogPosition(0, SegmentReader.FindRecord(segment, from.Offset + 1, limit));
        return new HitLogDamagedException(from, next, $"No whole record begins at {from} in {segment.Path}; the next one is at {next}.");
    }

    void Check(LogPosition position)
    {
        Check(position.Partition);
        ArgumentOutOfRangeException.ThrowIfNegative(position.Offset, nameof(position));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(position.Offset, _segments.End, nameof(position));
    }

    static void Check(int partition) => ArgumentOutOfRangeException.ThrowIfNotEqual(partition, 0);
}
