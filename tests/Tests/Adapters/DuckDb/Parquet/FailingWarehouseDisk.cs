using Footfall.Adapters.DuckDb.Parquet;
using Footfall.Tests.Simulation;

namespace Footfall.Tests.Adapters.DuckDb.Parquet;

/// <summary>A disk that may stop before and after each of its calls, and half-way through a write, as a machine does that loses power.</summary>
/// <param name="stops">Asked each time.</param>
sealed class FailingWarehouseDisk(Func<bool> stops) : WarehouseDisk(_ => { }, _ => { })
{
    public override void Write(string path, ReadOnlySpan<byte> content)
    {
        if (stops())
        {
            base.Write(path, content[..(content.Length / 2)]);
            throw new CrashException();
        }
        base.Write(path, content);
        Step();
    }

    public override void Sync(string path)
    {
        Step();
        base.Sync(path);
    }

    public override void Rename(string from, string to)
    {
        Step();
        base.Rename(from, to);
        Step();
    }

    public override bool TryName(string from, string to)
    {
        Step();
        var named = base.TryName(from, to);
        Step();
        return named;
    }

    public override void SyncFolder(string folder)
    {
        Step();
        base.SyncFolder(folder);
    }

    public override void Delete(string path)
    {
        Step();
        base.Delete(path);
        Step();
    }

    void Step()
    {
        if (stops())
            throw new CrashException();
    }
}
