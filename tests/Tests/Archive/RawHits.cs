using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;
using Footfall.Core.HitLog;
using Footfall.Core.Hits;

namespace Footfall.Tests.Archive;

/// <summary>Records as the collector writes them, the same for the same seed, of three sites and some dozens of visitors.</summary>
static class RawHits
{
    public const long Noon = 1_780_000_000_000;

    static readonly string[] Agents = ["Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0", "Mozilla/5.0 (iPhone) Safari/604.1", ""];
    static readonly IPAddress?[] Addresses = [null, IPAddress.Parse("203.0.113.0"), IPAddress.Parse("2001:db8::")];

    /// <param name="everyMilliseconds">Between one request and the next.</param>
    public static List<ReadOnlyMemory<byte>> Records(int seed, int count, long everyMilliseconds = 1000)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(index => Record(random, Noon + (index * everyMilliseconds)))];
    }

    /// <summary>The same at positions of a log.</summary>
    public static List<LogRecord> Positioned(int seed, int count, long everyMilliseconds = 1000)
    {
        var at = 0L;
        return [.. Records(seed, count, everyMilliseconds).Select(bytes => new LogRecord(at, at += bytes.Length + 16, bytes))];
    }

    public static byte[] Encode(HitBatch batch)
    {
        var output = new ArrayBufferWriter<byte>();
        HitBatchCodec.Write(output, batch);
        return output.WrittenSpan.ToArray();
    }

    public static IEnumerable<(LogRecord Record, HitBatch Batch, Hit Hit)> HitsOf(IEnumerable<LogRecord> records) =>
        from record in records
        let batch = HitBatchCodec.Read(record.Bytes)
        from hit in batch.Hits
        select (record, batch, hit);

    static byte[] Record(Random random, long receivedAt)
    {
        var hits = Enumerable.Range(0, random.Next(4) == 0 ? random.Next(1, 6) : 1).Select(_ => HitOf(random)).ToList();
        return Encode(new HitBatch(Guid.CreateVersion7(DateTimeOffset.FromUnixTimeMilliseconds(receivedAt)), receivedAt, random.Next(3) == 0 ? "" : "de-DE,de;q=0.9", hits));
    }

    static Hit HitOf(Random random)
    {
        var site = random.Next(1, 4);
        if (random.Next(20) == 0)
            return new Hit { Site = site, Refusal = "do_not_track", UserAgent = "" };
        var visitor = random.Next(40);
        return new Hit
        {
            Site = site,
            Visitor = VisitorHash.OfId(VisitorIdentity.User, site, UserOf(visitor)),
            Identity = VisitorIdentity.User,
            Protocol = HitProtocol.Native,
            Trusted = random.Next(9) == 0,
            UserAgent = Agents[visitor % Agents.Length],
            Address = Addresses[visitor % Addresses.Length],
            Payload = Encoding.UTF8.GetBytes(Payload(random, visitor)),
        };
    }

    public static string UserOf(int visitor) => string.Create(CultureInfo.InvariantCulture, $"user-{visitor}");

    static string Payload(Random random, int visitor) => random.Next(30) switch
    {
        0 => "not json at all \u0001 \"",
        1 => $$"""{ "user_id" : "{{UserOf(visitor)}}", "props": {"a\"b": [1, -2.5e3, true, null, "x\\"], "":""} }""",
        _ => string.Create(CultureInfo.InvariantCulture, $$"""{"name":"pageview","url":"https://example.com/p/{{random.Next(50)}}","user_id":"{{UserOf(visitor)}}","event_id":"{{random.NextInt64():x16}}"}"""),
    };
}
