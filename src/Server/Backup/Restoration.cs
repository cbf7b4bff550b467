using Footfall.Core.Archive;
using Footfall.Core.HitLog;
using Footfall.Core.Hits;

namespace Footfall.Server.Backup;

/// <summary>
/// Makes a data folder of a backup. It is made beside its place and moved there when it is whole, so that a restore that was interrupted is
/// never mistaken for one.
/// </summary>
sealed class Restoration(BackupFolder backups, Manifest backup)
{
    const int BytesAtOnce = 4 << 20;

    /// <summary>Everything of the backup.</summary>
    public void Restore(string folder)
    {
        var draft = Draft(folder);
        CopyFiles(draft);
        Directory.Move(draft, folder);
    }

    /// <summary>Everything that was received up to a time.</summary>
    public async Task<CutHistory> RestoreAtAsync(string folder, DateTimeOffset at, CancellationToken cancellation)
    {
        var draft = Draft(folder);
        CopyFiles(draft);
        CutHistory cut;
        await using (var archive = Composition.OpenArchiveAt(draft))
        await using (var log = Composition.OpenLogAt(draft, archive))
            cut = await FindCutAsync(new HitHistory(log, archive), at, cancellation);
        await Composition.CutHistoryAtAsync(draft, cut.Offset, cancellation);
        Directory.Move(draft, folder);
        return cut;
    }

    static string Draft(string folder)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            throw new UserErrorException($"{folder} is not empty; name a folder that does not exist yet.");
        if (Directory.Exists(folder))
            Directory.Delete(folder);
        var draft = folder.TrimEnd(Path.DirectorySeparatorChar) + ".restoring";
        if (Directory.Exists(draft))
            Directory.Delete(draft, recursive: true);
        Directory.CreateDirectory(draft);
        return draft;
    }

    void CopyFiles(string folder)
    {
        foreach (var file in backup.Files)
        {
            if (backups.Check(file) is { } wrong)
                throw new UserErrorException($"{wrong}; nothing was restored. 'footfall backup list {backups.Path}' shows other backups, for --backup.");
            var target = Path.Combine(folder, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(backups.StoredAt(file.Stored), target);
        }
    }

    /// <summary>Where the first record received after a time begins. What follows it goes too, or the log would have a hole.</summary>
    static async Task<CutHistory> FindCutAsync(HitHistory log, DateTimeOffset at, CancellationToken cancellation)
    {
        var (position, end, limit) = (log.Start(0), log.End(0), at.ToUnixTimeMilliseconds());
        long? cut = null;
        long hits = 0, left = 0, leftEarlier = 0;
        while (position.Offset < end.Offset)
        {
            try
            {
                foreach (var record in await log.ReadAsync(position, BytesAtOnce, cancellation))
                {
                    var batch = HitBatchCodec.Read(record.Bytes);
                    if (batch.ReceivedAt > limit)
                        cut ??= record.Offset;
                    hits += cut is null ? batch.Hits.Count : 0;
                    left += cut is null ? 0 : batch.Hits.Count;
                    leftEarlier += cut is null || batch.ReceivedAt > limit ? 0 : batch.Hits.Count;
                    position = position with { Offset = record.NextOffset };
                }
            }
            catch (HitLogDamagedException damage)
            {
                position = damage.Next;
            }
        }
        return new CutHistory(cut ?? end.Offset, hits, left, leftEarlier);
    }
}
