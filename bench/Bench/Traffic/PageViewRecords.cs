using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;
using Footfall.Core.HitLog;
using Footfall.Core.Hits;

namespace Footfall.Bench.Traffic;

/// <summary>
/// Records of page views as a tracker sends them and a collector writes them: random ids, real agents, addresses without their last byte, a few
/// pages a visit, popular pages more often. The same for the same seed.
/// </summary>
sealed class PageViewRecords
{
    const int Pages = 3_000;
    const int Sites = 20;
    const long Midnight = 1_780_012_800_000;

    static readonly string[] Referrers =
        ["https://www.google.com/", "https://www.bing.com/", "https://duckduckgo.com/", "https://t.co/abc", "https://www.facebook.com/", "https://news.ycombinator.com/"];

    static readonly string[] Languages = ["en-US,en;q=0.9", "de-DE,de;q=0.9,en;q=0.8", "fr-FR,fr;q=0.9", "en-GB,en;q=0.9", "ja-JP,ja;q=0.9"];

    readonly Random _random;
    readonly string[] _agents;
    readonly ArrayBufferWriter<byte> _buffer = new();
    readonly List<(int Site, ulong Visitor, string Agent, IPAddress Address, string Language, string? Referrer)> _visitors = [];
    double _time = Midnight;
    long _offset;

    public PageViewRecords(int seed)
    {
        _random = new Random(seed);
        var file = Path.Combine(ServerProcess.Root, "tests", "Tests", "Adapters", "UserAgents", "real_agents.tsv");
        _agents = [.. File.ReadLines(file).Select(line => line.Split('\t')[^1])];
    }

    /// <param name="meanMilliseconds">Between one and the next, on average; they come independently.</param>
    public LogRecord Next(double meanMilliseconds)
    {
        _time -= Math.Log(1 - _random.NextDouble()) * meanMilliseconds;
        var receivedAt = (long)_time;
        // About two hundred visits run at a time, and one view in four begins one.
        if (_visitors.Count < 200 || _random.Next(4) == 0)
            Arrive();
        var (site, visitor, agent, address, language, referrer) = _visitors[_random.Next(_visitors.Count)];
        var uniform = _random.NextDouble();
        var page = (int)(uniform * uniform * Pages);
        var payload = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"{{\"site\":\"site-{site}.example\",\"name\":\"pageview\",\"url\":\"https://site-{site}.example/articles/{page}-a-title-of-{page * 7919 % 1000}\"")
            .Append(CultureInfo.InvariantCulture, $",\"tracker\":\"js\",\"event_id\":\"{RandomId()}\",\"title\":\"Article {page}: a title of {page * 7919 % 1000}\"");
        if (referrer is not null)
            payload.Append(CultureInfo.InvariantCulture, $",\"referrer\":\"{referrer}\"");
        payload.Append(CultureInfo.InvariantCulture, $",\"screen\":{360 + (40 * _random.Next(40))}}}");
        var hit = new Hit
        {
            Site = site,
            Protocol = HitProtocol.Native,
            Identity = VisitorIdentity.Daily,
            Visitor = visitor,
            UserAgent = agent,
            Address = address,
            Payload = Encoding.UTF8.GetBytes(payload.ToString()),
        };
        _buffer.ResetWrittenCount();
        HitBatchCodec.Write(_buffer, new HitBatch(IdOf(receivedAt), receivedAt, language, [hit]));
        var start = _offset;
        _offset += _buffer.WrittenCount + 16;
        return new LogRecord(start, _offset, _buffer.WrittenSpan.ToArray());
    }

    void Arrive()
    {
        if (_visitors.Count >= 200)
            _visitors.RemoveAt(_random.Next(_visitors.Count));
        var uniform = _random.NextDouble();
        _visitors.Add((
            1 + (int)(uniform * uniform * Sites), (ulong)_random.NextInt64(), _agents[(int)(_random.NextDouble() * _random.NextDouble() * _agents.Length)],
            new IPAddress([(byte)_random.Next(1, 224), (byte)_random.Next(256), (byte)_random.Next(256), 0]),
            Languages[_random.Next(Languages.Length)], _random.Next(2) == 0 ? Referrers[_random.Next(Referrers.Length)] : null));
    }

    Guid RandomId()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    Guid IdOf(long receivedAt)
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(bytes, (receivedAt << 16) | 0x7000 | (long)_random.Next(0x1000));
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
