using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Footfall.Adapters.EmbeddedLog;

/// <summary>
/// The few calls by which the log changes the disk. They throw on every failure, where .NET's own flush ignores some, a read-only file
/// system among them.
/// </summary>
public partial class LogDisk
{
    const int ReadOnlyFolder = 0x10000;
    const int KeepSize = 1;

    // Of Linux: an input/output error, a file system that takes no more changes, and one that was shut down.
    static readonly int[] s_givenUp = [5, 30, 108];

    public virtual void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long position) => RandomAccess.Write(file, bytes, position);

    /// <summary>Returns only when the file's bytes and its length are on the disk.</summary>
    public virtual void Sync(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
        {
            RandomAccess.FlushToDisk(file);
        }
        else if (SyncData(file) != 0)
        {
            throw Failure("fdatasync");
        }
        else
        {
            EnsureTakesChanges(file);
        }
    }

    /// <summary>Returns only when the names in the folder are on the disk. Where folders cannot be synced, the file system sees to it.</summary>
    public virtual void SyncFolder(string folder)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        int descriptor = Open(folder, ReadOnlyFolder);
        if (descriptor < 0)
        {
            throw Failure("open folder");
        }

        int result = SyncAll(descriptor);
        IOException? failure = result == 0 ? null : Failure("fsync folder");
        _ = Close(descriptor);
        if (failure is not null)
        {
            throw failure;
        }
    }

    public virtual void Truncate(SafeFileHandle file, long length) => RandomAccess.SetLength(file, length);

    public virtual long FreeBytes(string folder) => new DriveInfo(folder).AvailableFreeSpace;

    /// <summary>
    /// A file system that gives up in the midst of a sync may answer it well and forget the file's new length all the same: ext4 does, one time in
    /// ten (seen on 6.18). It refuses every change from that moment on, so one that changes nothing tells.
    /// </summary>
    static void EnsureTakesChanges(SafeFileHandle file)
    {
        if (Allocate(file, KeepSize, 0, 1) != 0 && s_givenUp.Contains(Marshal.GetLastPInvokeError()))
        {
            throw Failure("fallocate after fdatasync");
        }
    }

    static IOException Failure(string call)
    {
        var cause = new Win32Exception(Marshal.GetLastPInvokeError());
        return new IOException($"{call}: {cause.Message}", cause);
    }

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SyncData(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fallocate", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Allocate(SafeFileHandle file, int mode, nint offset, nint length);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SyncAll(int descriptor);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);
}
