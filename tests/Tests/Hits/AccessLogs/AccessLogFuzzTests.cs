using System.Buffers;
using System.Text;
using System.Text.Json;
using CsCheck;
using Footfall.Core.Hits.AccessLogs;

namespace Footfall.Tests.Hits.AccessLogs;

public sealed class AccessLogFuzzTests
{
    static readonly string[] Seeds =
    [
        "shop.example:443 10.0.0.1 - - [17/May/2015:10:05:03 +0000] \"GET /a?b=\\xc3\\\"c HTTP/1.1\" 200 1 \"http://x.example/\" \"A \\\\ B\" x",
        """{"ts":1646861401.5,"request":{"client_ip":"::1","method":"GET","host":"a:1","uri":"/\u00e4","headers":{"Referer":["x"],"User-Agent":["y"]}},"status":200}""",
        "#Fields: date time c-ip cs-method cs-uri-stem sc-status cs(User-Agent)",
        "2019-12-04\t21:02:31\t192.0.2.100\tGET\t/%2525%\t200\tM%2520%25",
        """{"site":"shop.example","name":"pageview","url":"https://shop.example/","event_id":"1","time":"2026-01-01T00:00:00Z"}""",
    ];

    /// <summary>Real lines with a few bytes changed, cut off or doubled come closer to the edges than noise does.</summary>
    static readonly Gen<byte[]> Lines = Gen.OneOf(
        Gen.Byte.Array[0, 200],
        from seed in Gen.Int[0, Seeds.Length - 1].Select(at => Seeds[at])
        from changes in Gen.Select(Gen.Int[0, 300], Gen.Byte).Array[0, 8]
        from length in Gen.Int[0, 400]
        select Mutate(Encoding.UTF8.GetBytes(seed), changes, length));

    static byte[] Mutate(byte[] line, (int At, byte Value)[] changes, int length)
    {
        foreach (var (at, value) in changes)
            line[at % line.Length] = value;
        return line[..Math.Min(length, line.Length)];
    }

    [Fact]
    public void No_bytes_make_a_parser_throw_and_what_is_written_is_one_line_of_JSON()
    {
        var rules = new ImportRules(["shop.example"]);
        Lines.Array[1, 6].Sample(
            lines =>
            {
                foreach (var format in Enum.GetValues<AccessLogFormat>())
                    ReadAll(lines, AccessLogDetector.ParserOf(format), rules);
                AccessLogDetector.Detect([.. lines.Select(line => (ReadOnlyMemory<byte>)line)]);
            },
            iter: 20_000);
    }

    static void ReadAll(byte[][] lines, IAccessLogParser? parser, ImportRules rules)
    {
        using var writer = new ImportedEventWriter("shop.example");
        foreach (var line in lines)
        {
            var output = new ArrayBufferWriter<byte>();
            if (parser is null)
            {
                var native = NativeEventLine.Read(line);
                if (native.Problem is not null)
                    continue;
                native.Write(output, line, "shop.example", 7);
            }
            else if (parser.Parse(line, out var entry) == LineOutcome.Request)
            {
                rules.Judge(entry);
                writer.Write(output, entry, "pageview", 7);
            }
            else
            {
                continue;
            }
            Assert.Equal((byte)'\n', output.WrittenSpan[^1]);
            using var document = JsonDocument.Parse(output.WrittenMemory);
            Assert.Equal(JsonValueKind.Object, document.RootElement.ValueKind);
        }
    }
}
