using Footfall.Adapters.ArchiveFolder;
using Footfall.Core.Archive;
using Footfall.Core.HitLog;

namespace Footfall.Tests.Adapters.ArchiveFolder;

/// <summary>A folder for one test's archive.</summary>
sealed class ArchiveScratch : IDisposable
{
    readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("footfall-archive-");

    public string Path => System.IO.Path.Combine(_parent.FullName, "archive");

    public string[] Files => [.. Directory.GetFiles(Path, "*.segment").Order(StringComparer.Ordinal)];

    public FolderArchive Open(ArchiveDisk? disk = null, int blockBytes = 4096) =>
        FolderArchive.Open(new FolderArchiveOptions { Folder = Path, Disk = disk ?? new ArchiveDisk(_ => { }, _ => { }), BlockBytes = blockBytes });

    public static async Task<ArchiveSegment> SealAsync(IArchive archive, IReadOnlyList<LogRecord> records, ArchiveEffort effort = ArchiveEffort.Quick)
    {
        await using var draft = archive.Begin(new LogPosition(0, records[0].Offset), effort);
        foreach (var record in records)
            await draft.AddAsync(record, default);
        return await draft.SealAsync(new LogPosition(0, records[^1].NextOffset), default);
    }

    /// <summary>Everything that can be read, and how often something could not.</summary>
    public static async Task<(List<LogRecord> Records, int Damages)> ReadAsync(IArchive archive)
    {
        var (reader, all, damages) = (new ArchiveReader(archive), new List<LogRecord>(), 0);
        var segments = archive.Segments(0);
        for (var at = segments[0].StartPosition; at.Offset < segments[^1].End;)
        {
            try
            {
                var records = await reader.ReadAsync(at, 1000, default);
                all.AddRange(records);
                at = at with { Offset = records[^1].NextOffset };
            }
            catch (HitLogDamagedException damage)
            {
                Assert.True(damage.Next.Offset > at.Offset);
                (at, damages) = (damage.Next, damages + 1);
            }
        }
        return (all, damages);
    }

    public void Dispose() => _parent.Delete(recursive: true);
}
