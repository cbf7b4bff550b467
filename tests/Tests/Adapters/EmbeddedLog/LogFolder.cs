using Footfall.Adapters.EmbeddedLog;
using Footfall.Core.HitLog;

namespace Footfall.Tests.Adapters.EmbeddedLog;

/// <summary>A folder for one test's log, and what tests do to it.</summary>
public sealed class LogFolder : IDisposable
{
    readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("footfall-log-");

    public LogFolder() => Options = new SegmentHitLogOptions { Folder = System.IO.Path.Combine(_parent.FullName, "log"), FreeBytesFloor = 0, Notify = Add };

    public List<HitLogNotice> Notices { get; } = [];

    public SegmentHitLogOptions Options { get; }

    public string Path => Options.Folder;

    public string[] Segments => [.. Directory.GetFiles(Path, "*.hits").Order(StringComparer.Ordinal)];

    public void Dispose() => _parent.Delete(recursive: true);

    /// <summary>Reads from the start to the end; where the log is damaged, goes on where it says.</summary>
    public static async Task<(List<LogRecord> Records, int Damages)> ReadPastDamageAsync(IHitLog log, CancellationToken cancellation)
    {
        var all = new List<LogRecord>();
        int damages = 0;
        LogPosition at = log.Start(0);
        while (at.Offset < log.End(0).Offset)
        {
            try
            {
                IReadOnlyList<LogRecord> records = await log.ReadAsync(at, 4096, cancellation);
                all.AddRange(records);
                at = at with { Offset = records[^1].NextOffset };
            }
            catch (HitLogDamagedException damage)
            {
                Assert.Equal(at, damage.Position);
                Assert.True(damage.Next.Offset > at.Offset);
                damages++;
                at = damage.Next;
            }
        }

        return (all, damages);
    }

    /// <summary>Copies the files as they are, as a machine that loses power would leave them at best.</summary>
    public LogFolder Copy()
    {
        var copy = new LogFolder();
        Directory.CreateDirectory(copy.Path);
        foreach (string path in Directory.GetFiles(Path).Where(static path => !path.EndsWith(".new", StringComparison.Ordinal)))
        {
            File.Copy(path, System.IO.Path.Combine(copy.Path, System.IO.Path.GetFileName(path)));
        }

        return copy;
    }

    void Add(HitLogNotice notice)
    {
        lock (Notices)
        {
            Notices.Add(notice);
        }
    }
}
