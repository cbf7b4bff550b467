using System.Globalization;

namespace Footfall.Adapters.EmbeddedLog;

/// <summary>The log as files, for copies of it: needs no open log, and may be used beside one.</summary>
public static class SegmentFiles
{
    /// <summary>What holds the records below an offset, oldest first.</summary>
    public static IReadOnlyList<SegmentFile> UpTo(string folder, long end)
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        List<Segment> segments = Segment.List(folder);
        var files = new List<SegmentFile>();
        for (int i = 0; i < segments.Count && (segments[i].Start < end || i == 0); i++)
        {
            Segment segment = segments[i];
            bool isClosed = i + 1 < segments.Count && segments[i + 1].Start <= end;
            long limit = isClosed ? segments[i + 1].Start : end;
            long bytes = SegmentHeader.Bytes + Math.Min(limit, segment.FileEnd()) - segment.Start;
            string? identity = isClosed && segment.Salt is { } salt
                ? string.Create(CultureInfo.InvariantCulture, $"{segment.Start:D19}-{bytes}-{salt:x16}.hits")
                : null;
            files.Add(new SegmentFile(Path.GetFileName(segment.Path), identity, bytes));
            segment.Dispose();
        }

        return files;
    }

    /// <summary>Removes the records from an offset on, at which one must begin. For a log that nobody has open.</summary>
    public static void CutAt(string folder, long offset)
    {
        foreach (Segment segment in Segment.List(folder))
        {
            segment.Dispose();
            if (segment.Start >= offset)
            {
                File.Delete(segment.Path);
                continue;
            }

            using var file = new FileStream(segment.Path, FileMode.Open, FileAccess.ReadWrite);
            file.SetLength(Math.Min(file.Length, SegmentHeader.Bytes + offset - segment.Start));
            file.Flush(flushToDisk: true);
        }
    }
}
