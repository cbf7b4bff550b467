using System.Buffers.Binary;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Footfall.Drill.Faults;

/// <summary>What happens to the bytes of the hit log while nobody runs. The layout is that of docs/formats/hit-log.md.</summary>
static partial class LogFaults
{
    const int HeaderBytes = 40;
    const int FrameBytes = 16;

    /// <summary>The archive passes over what cannot be read, and the log lets go of it: then nothing comes back with the bit.</summary>
    static readonly Dictionary<string, string> NothingIsSealed = new() { ["FOOTFALL_ARCHIVE_SEAL_SECONDS"] = "86400" };

    public static async Task TornAsync(Drill drill)
    {
        await drill.RunOnAsync(50, 500);
        drill.Server.Kill();
        var segment = Segments(drill)[^1];
        var bytes = await File.ReadAllBytesAsync(segment);
        var noise = new byte[drill.Random.Next(1, 100_000)];
        switch (drill.Random.Next(3))
        {
            case 0:
                drill.Random.NextBytes(noise);
                break;
            case 1:
                // A piece of the log itself: whole records, but in a place that is not theirs.
                noise = [.. bytes.AsSpan(Math.Min(HeaderBytes, bytes.Length)).ToArray().Take(noise.Length)];
                break;
        }
        await using (var file = new FileStream(segment, FileMode.Append))
            await file.WriteAsync(noise);
        await drill.Server.StartAgainAsync();
        await drill.AcknowledgesAsync();
    }

    /// <summary>
    /// The events of the one record must be told as damaged, be missing, and be the only ones; and be back when the bit is. Never the last record
    /// of the log: with the warehouse gone too, nothing is left that knows of it, and it looks like a write that never finished.
    /// </summary>
    public static async Task FlipAsync(Drill drill)
    {
        await drill.SettleAsync();
        drill.Server.Kill();
        var segments = Segments(drill);
        var segment = segments[drill.Random.Next(segments.Count)];
        var (start, bytes) = (StartOf(segment), await File.ReadAllBytesAsync(segment));
        var frames = Frames(bytes);
        if (segment == segments[^1])
            frames = frames[..^Math.Min(1, frames.Count)];
        if (frames.Count > 0)
        {
            var (at, length) = frames[drill.Random.Next(frames.Count)];
            var ids = Ids(bytes.AsSpan(at, length));
            var bit = (At: at + drill.Random.Next(length), Mask: (byte)(1 << drill.Random.Next(8)));
            Flip(segment, bit.At, bit.Mask);
            drill.RemoveWarehouse();
            await drill.WithAsync(NothingIsSealed, async () =>
            {
                await drill.Server.StartAgainAsync();
                await ExpectAsync(drill, ids, told: start + at - HeaderBytes);
                drill.Server.Kill();
            });
            Flip(segment, bit.At, bit.Mask);
            drill.RemoveWarehouse();
        }
        await drill.Server.StartAgainAsync();
        drill.Traffic.Resume();
        await drill.AcknowledgesAsync();
    }

    /// <summary>
    /// What is worked off stays in the numbers, and what comes after is counted too: the end of the log may not move back behind it. Flipped
    /// back, the record is in the log again.
    /// </summary>
    public static async Task FlipLastAsync(Drill drill)
    {
        await drill.SettleAsync();
        drill.Server.Kill();
        var segment = Segments(drill)[^1];
        var frames = Frames(await File.ReadAllBytesAsync(segment));
        if (frames.Count > 0)
        {
            var (at, length) = frames[^1];
            var bit = (At: at + drill.Random.Next(length), Mask: (byte)(1 << drill.Random.Next(8)));
            Flip(segment, bit.At, bit.Mask);
            await drill.WithAsync(NothingIsSealed, async () =>
            {
                await drill.Server.StartAgainAsync();
                drill.Traffic.Resume();
                await drill.AcknowledgesAsync();
                await drill.RunOnAsync(100, 500);
                drill.Server.Kill();
            });
            Flip(segment, bit.At, bit.Mask);
        }
        await drill.Server.StartAgainAsync();
        drill.Traffic.Resume();
        await drill.AcknowledgesAsync();
    }

    static async Task ExpectAsync(Drill drill, HashSet<string> ids, long told)
    {
        var audit = await Ledger.Audit.TakeAsync(drill.Server.Api, Drill.Site, drill.Ledger);
        var others = audit.Lost.Where(lost => !ids.Contains(lost.Id)).ToList();
        if (others.Count > 0)
            throw new InvalidOperationException($"One flipped bit cost {others.Count} events of other records, such as {others[0].Id}.");
        var status = await drill.Server.Api.StatusAsync();
        var isTold = status.GetProperty("log").GetProperty("damage").EnumerateArray().Any(damage => IsAt(damage, told));
        if (audit.Lost.Count > 0 && !isTold)
            throw new InvalidOperationException($"A flipped bit at offset {told} cost {audit.Lost.Count} events, and the status does not tell: {status}");
    }

    static bool IsAt(JsonElement damage, long offset) =>
        damage.GetProperty("start").GetInt64() <= offset && offset < damage.GetProperty("end").GetInt64();

    static List<string> Segments(Drill drill) => [.. Directory.GetFiles(Path.Combine(drill.Disk.Data, "log"), "*.hits").Order(StringComparer.Ordinal)];

    static long StartOf(string segment) => long.Parse(Path.GetFileNameWithoutExtension(segment), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Where the records of a sound segment lie, frame and all.</summary>
    static List<(int At, int Length)> Frames(ReadOnlySpan<byte> segment)
    {
        var frames = new List<(int, int)>();
        for (var at = HeaderBytes; at + FrameBytes <= segment.Length;)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(segment[at..]);
            if (length < 0 || at + FrameBytes + (long)length > segment.Length || BinaryPrimitives.ReadInt32LittleEndian(segment[(at + 4)..]) == 0)
                break;
            frames.Add((at, FrameBytes + length));
            at += FrameBytes + length;
        }
        return frames;
    }

    static HashSet<string> Ids(ReadOnlySpan<byte> record) =>
        [.. Id().Matches(System.Text.Encoding.Latin1.GetString(record)).Select(match => match.Groups[1].Value)];

    static void Flip(string file, int at, byte mask)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        stream.Position = at;
        var before = stream.ReadByte();
        stream.Position = at;
        stream.WriteByte((byte)(before ^ mask));
    }

    [GeneratedRegex("\"id\":\"([^\"]+)\"")]
    private static partial Regex Id();
}
