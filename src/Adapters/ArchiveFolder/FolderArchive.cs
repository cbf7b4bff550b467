using Footfall.Core.Archive;
using Footfall.Core.HitLog;

namespace Footfall.Adapters.ArchiveFolder;

/// <summary>The archive as a folder of segment files; docs/formats/archive.md describes them.</summary>
public sealed class FolderArchive : IArchive
{
    const int IndexesKept = 8;

    readonly FolderArchiveOptions _options;
    readonly Manifest _manifest;
    readonly Lock _gate = new();
    readonly Queue<(ArchiveSegment Segment, ArchiveIndex Index)> _indexes = [];
    volatile IReadOnlyList<ArchiveSegment> _segments;

    FolderArchive(FolderArchiveOptions options, Manifest manifest, IReadOnlyList<ArchiveSegment> segments, IReadOnlyList<ArchiveSegment> missing) =>
        (_options, _manifest, _segments, Missing) = (options, manifest, segments, missing);

    public IReadOnlyList<ArchiveSegment> Missing { get; private set; }

    /// <summary>Opens the folder, or makes it; clears away what a crash left half done.</summary>
    public static FolderArchive Open(FolderArchiveOptions options)
    {
        options = options with { Folder = Path.GetFullPath(options.Folder) };
        if (!Directory.Exists(options.Folder))
        {
            Directory.CreateDirectory(options.Folder);
            options.Disk.SyncFolder(Path.GetDirectoryName(options.Folder)!);
        }
        var manifest = new Manifest(options.Folder, options.Disk);
        var survey = FolderSurvey.Of(options.Folder, manifest.Read());
        var archive = new FolderArchive(options, manifest, survey.Segments, survey.Missing);
        if (!options.IsShared)
            archive.Clear(survey.Leftovers);
        return archive;
    }

    public IReadOnlyList<ArchiveSegment> Segments(int partition) =>
        _segments is var all && all.All(segment => segment.Partition == partition) ? all : [.. all.Where(segment => segment.Partition == partition)];

    public ValueTask<ArchiveIndex> IndexAsync(ArchiveSegment segment, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
        {
            foreach (var (known, index) in _indexes)
            {
                if (known == segment)
                    return new(index);
            }
        }
        var read = Reading(segment, file => file.Index());
        lock (_gate)
        {
            _indexes.Enqueue((segment, read));
            if (_indexes.Count > IndexesKept)
                _indexes.Dequeue();
        }
        return new(read);
    }

    public ValueTask<IReadOnlyList<LogRecord>> ReadAsync(ArchiveSegment segment, ArchiveBlock block, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return new(Reading(segment, file => file.Read(segment, block)));
    }

    public ValueTask<IReadOnlyList<ArchiveDamage>> VerifyAsync(ArchiveSegment segment, CancellationToken cancellation) =>
        new(Reading(segment, file => file.Verify(segment, cancellation)));

    public IArchiveDraft Begin(LogPosition start, ArchiveEffort effort)
    {
        var revision = _segments.Where(segment => segment.Partition == start.Partition && segment.End > start.Offset)
            .Select(segment => segment.Revision + 1).DefaultIfEmpty().Max();
        return new SegmentWriter(this, _options, new SegmentHead(start.Partition, start.Offset, revision), effort);
    }

    public ValueTask DeleteAsync(ArchiveSegment segment, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
        {
            // Off the list first: a crash between the two leaves a file, which is listed again and deleted again.
            _segments = [.. _segments.Where(other => other != segment)];
            _manifest.Write(segment.Partition, _segments);
            _options.Disk.Delete(PathOf(segment));
            _options.Disk.SyncFolder(_options.Folder);
        }
        return ValueTask.CompletedTask;
    }

    public async ValueTask CutAtAsync(LogPosition end, CancellationToken cancellation)
    {
        foreach (var segment in Segments(end.Partition).Where(segment => segment.End > end.Offset).Reverse().ToList())
        {
            if (segment.Start < end.Offset)
                await CopyAsync(segment, end, cancellation);
            await DeleteAsync(segment, cancellation);
        }
    }

    public ValueTask TakeOverAsync(int partition, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
        {
            var survey = FolderSurvey.Of(_options.Folder, _manifest.Read());
            (_segments, Missing) = (survey.Segments, survey.Missing);
            Clear([.. survey.Leftovers.Where(path => SegmentName.IsOf(partition, Path.GetFileName(path)))]);
        }
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Called once the file is on the disk under its name aside.</summary>
    internal void Publish(ArchiveSegment segment, string aside)
    {
        lock (_gate)
        {
            var covered = _segments.Where(segment.Covers).ToList();
            _options.Disk.Rename(aside, PathOf(segment));
            _options.Disk.SyncFolder(_options.Folder);
            // From here on the new file counts, also after a crash; the covered ones only wait to be deleted.
            _segments = [.. _segments.Except(covered).Append(segment).OrderBy(other => (other.Partition, other.Start))];
            foreach (var old in covered)
                _options.Disk.Delete(PathOf(old));
            if (covered.Count > 0)
                _options.Disk.SyncFolder(_options.Folder);
            _manifest.Write(segment.Partition, _segments);
        }
    }

    internal async ValueTask<byte[]> ReadRawAsync(ArchiveSegment segment, ArchiveBlock block, CancellationToken cancellation)
    {
        var index = await IndexAsync(segment, cancellation);
        return Reading(segment, file =>
        {
            var next = index.Blocks.Select(other => other.Place).Where(place => place > block.Place).DefaultIfEmpty(file.BlocksEnd()).Min();
            return file.ReadRaw(segment, block, next);
        });
    }

    async ValueTask CopyAsync(ArchiveSegment segment, LogPosition end, CancellationToken cancellation)
    {
        await using var draft = Begin(segment.StartPosition, segment.Effort);
        foreach (var block in (await IndexAsync(segment, cancellation)).Blocks.Where(block => block.Start < end.Offset))
        {
            if (block.End <= end.Offset)
            {
                await draft.CopyAsync(segment, block, cancellation);
                continue;
            }
            foreach (var record in (await ReadAsync(segment, block, cancellation)).TakeWhile(record => record.Offset < end.Offset))
                await draft.AddAsync(record, cancellation);
        }
        await draft.SealAsync(end, cancellation);
    }

    /// <summary>A file that is gone was written anew or deleted meanwhile, or somebody took it away.</summary>
    T Reading<T>(ArchiveSegment segment, Func<FolderSegment, T> read)
    {
        try
        {
            return read(new FolderSegment(PathOf(segment)));
        }
        catch (FileNotFoundException gone) when (!_segments.Contains(segment))
        {
            throw new ArchiveChangedException(segment, gone);
        }
        catch (FileNotFoundException gone) when (gone.FileName == PathOf(segment))
        {
            throw new ArchiveDamagedException(new ArchiveDamage(segment, segment.Start, segment.End, BlockFacts.Unknown, "its file is gone"));
        }
    }

    /// <summary>Files that a crash left: half-written ones, and those that a newer one covers. Erased hits are in some of them, so this must succeed.</summary>
    void Clear(IReadOnlyList<string> leftovers)
    {
        foreach (var path in leftovers)
            _options.Disk.Delete(path);
        if (leftovers.Count > 0)
            _options.Disk.SyncFolder(_options.Folder);
    }

    string PathOf(ArchiveSegment segment) => Path.Combine(_options.Folder, SegmentName.Of(segment));
}
