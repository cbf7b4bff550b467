namespace Footfall.Adapters.ArchiveFolder;

/// <summary>The archive as files, for copies of it: needs no open archive, and may be used beside one.</summary>
public static class ArchiveFiles
{
    /// <summary>The segments that end at or before an offset, oldest first.</summary>
    public static IReadOnlyList<ArchiveFile> UpTo(string folder, long end)
    {
        if (!Directory.Exists(folder))
            return [];
        var found = new List<(string Name, int Partition, long Start, long End, int Revision)>();
        foreach (var path in Directory.EnumerateFiles(folder, "*.segment"))
        {
            if (SegmentName.Parse(Path.GetFileName(path)) is var (partition, start, last, revision) && last <= end)
                found.Add((Path.GetFileName(path), partition, start, last, revision));
        }
        return
        [
            .. found.Where(file => !found.Exists(other => other.Partition == file.Partition && other.Revision > file.Revision && other.Start <= file.Start && other.End >= file.End))
                .OrderBy(file => file.Start).Select(file => new ArchiveFile(file.Name, IdentityOf(Path.Combine(folder, file.Name)))),
        ];
    }

    static string? IdentityOf(string path) => new FolderSegment(path).Describe() is { Sha256.Length: > 0 } segment ? segment.Sha256 + ".segment" : null;
}
