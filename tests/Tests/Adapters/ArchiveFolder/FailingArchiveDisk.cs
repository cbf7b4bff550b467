using Footfall.Adapters.ArchiveFolder;
using Microsoft.Win32.SafeHandles;

namespace Footfall.Tests.Adapters.ArchiveFolder;

/// <summary>A disk that stops at a chosen step, as a machine does that loses power: nothing after it happens.</summary>
sealed class FailingArchiveDisk(int stopAt) : ArchiveDisk(_ => { }, _ => { })
{
    int _step;

    public bool HasStopped => _step > stopAt;

    public override void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long position)
    {
        if (_step + 1 > stopAt)
            base.Write(file, bytes[..(bytes.Length / 2)], position);
        Step();
        base.Write(file, bytes, position);
    }

    public override void Sync(SafeFileHandle file) => Step();

    public override void Rename(string from, string to)
    {
        Step();
        base.Rename(from, to);
    }

    public override void SyncFolder(string folder) => Step();

    public override void Delete(string path)
    {
        Step();
        base.Delete(path);
    }

    void Step()
    {
        if (++_step > stopAt)
            throw new IOException("the power is gone");
    }
}
