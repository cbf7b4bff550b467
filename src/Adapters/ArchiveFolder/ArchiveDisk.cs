using Microsoft.Win32.SafeHandles;

namespace Footfall.Adapters.ArchiveFolder;

/// <summary>The few calls by which the archive changes the disk, in the order in which a segment needs them.</summary>
/// <param name="sync">Returns only when a file's bytes are on the disk.</param>
/// <param name="syncFolder">Returns only when the names in a folder are on the disk.</param>
public class ArchiveDisk(Action<SafeFileHandle> sync, Action<string> syncFolder)
{
    public virtual void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long position) => RandomAccess.Write(file, bytes, position);

    public virtual void Sync(SafeFileHandle file) => sync(file);

    public virtual void Rename(string from, string to) => File.Move(from, to, overwrite: true);

    public virtual void SyncFolder(string folder) => syncFolder(folder);

    public virtual void Delete(string path) => File.Delete(path);

    /// <summary>Puts a small file in place as a whole: whoever reads it sees the old content or the new one, also after a crash.</summary>
    public void Replace(string path, ReadOnlySpan<byte> content)
    {
        var aside = path + SegmentName.AsideSuffix;
        using (var file = File.OpenHandle(aside, FileMode.Create, FileAccess.Write))
        {
            Write(file, content, 0);
            Sync(file);
        }
        Rename(aside, path);
        SyncFolder(Path.GetDirectoryName(path)!);
    }
}
