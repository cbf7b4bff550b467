using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Footfall.Adapters.DuckDb.Parquet;

/// <summary>
/// The few calls by which the warehouse changes a shared folder, in the order in which a commit needs them. On object storage the same protocol
/// holds with a put for <see cref="Rename"/> and a put on condition that there is no such object for <see cref="TryName"/>; only folders are implemented.
/// </summary>
/// <param name="sync">Returns only when a file's bytes are on the disk.</param>
/// <param name="syncFolder">Returns only when the names in a folder are on the disk.</param>
public partial class WarehouseDisk(Action<SafeFileHandle> sync, Action<string> syncFolder)
{
    const int Exists = 17;

    public virtual void Write(string path, ReadOnlySpan<byte> content)
    {
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
        RandomAccess.Write(file, content, 0);
    }

    public virtual void Sync(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        sync(file);
    }

    public virtual void Rename(string from, string to) => File.Move(from, to, overwrite: true);

    /// <summary>Gives a file a further name, unless there is a file of that name: of two writers, on whatever machines, one gets it.</summary>
    /// <exception cref="IOException">The name could not be given for another reason.</exception>
    public virtual bool TryName(string from, string to)
    {
        if (Link(from, to) == 0)
            return true;
        var cause = new Win32Exception(Marshal.GetLastPInvokeError());
        return cause.NativeErrorCode == Exists ? false : throw new IOException($"link {to}: {cause.Message}", cause);
    }

    public virtual void SyncFolder(string folder) => syncFolder(folder);

    public virtual void Delete(string path) => File.Delete(path);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Link(string from, string to);
}
