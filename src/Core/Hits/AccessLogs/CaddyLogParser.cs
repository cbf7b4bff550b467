using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Footfall.Core.Hits.AccessLogs;

/// <summary>Caddy's JSON access log. Lines of its other logs have no <c>request</c> and hold nothing for us.</summary>
public sealed class CaddyLogParser : IAccessLogParser
{
    readonly byte[][] _memory = new byte[6][];

    public LineOutcome Parse(ReadOnlyMemory<byte> line, out AccessLogEntry entry)
    {
        entry = default;
        if (line.Span.Trim((byte)' ').IsEmpty)
            return LineOutcome.Nothing;
        try
        {
            var reader = new Utf8JsonReader(line.Span);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return Malformed(ref entry, "it is not a JSON object");
            var outcome = ReadObject(ref reader, ref entry);
            return outcome == LineOutcome.Malformed ? Malformed(ref entry, entry.Problem!) : outcome;
        }
        catch (JsonException)
        {
            return Malformed(ref entry, "it is not valid JSON");
        }
        catch (InvalidOperationException)
        {
            // The reader's way of saying that a string holds bytes or surrogates that are no text.
            return Malformed(ref entry, "it holds text that is not Unicode");
        }
    }

    static LineOutcome Malformed(ref AccessLogEntry entry, string problem)
    {
        entry = new AccessLogEntry { Problem = problem };
        return LineOutcome.Malformed;
    }

    LineOutcome ReadObject(ref Utf8JsonReader reader, ref AccessLogEntry entry)
    {
        var (hasTime, hasRequest) = (false, false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("ts"u8))
            {
                hasTime = TryReadTime(ref reader, out var time);
                entry.Time = time;
            }
            else if (reader.ValueTextEquals("status"u8))
            {
                reader.Read();
                entry.Status = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var status) ? status : 0;
            }
            else if (reader.ValueTextEquals("request"u8))
            {
                hasRequest = ReadRequest(ref reader, ref entry);
            }
            else
            {
                reader.Skip();
            }
        }
        if (!hasRequest)
            return LineOutcome.Nothing;
        entry.Problem = !hasTime ? "ts is not a time"
            : entry.Status == 0 ? "there is no status"
            : !IPAddress.IsValidUtf8(entry.Address.Span) ? "there is no client address"
            : null;
        return entry.Problem is null ? LineOutcome.Request : LineOutcome.Malformed;
    }

    bool ReadRequest(ref Utf8JsonReader reader, ref AccessLogEntry entry)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return false;
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            // Behind a trusted proxy client_ip is the visitor and remote_ip the proxy; older versions have only the latter.
            if (reader.ValueTextEquals("client_ip"u8))
                entry.Address = ReadText(ref reader, 0);
            else if (reader.ValueTextEquals("remote_ip"u8) && entry.Address.IsEmpty)
                entry.Address = ReadText(ref reader, 0);
            else if (reader.ValueTextEquals("method"u8))
                entry.Method = ReadText(ref reader, 1);
            else if (reader.ValueTextEquals("host"u8))
                entry.Host = HostName.WithoutPort(ReadText(ref reader, 2));
            else if (reader.ValueTextEquals("uri"u8))
                entry.Target = ReadText(ref reader, 3);
            else if (reader.ValueTextEquals("headers"u8))
                ReadHeaders(ref reader, ref entry);
            else
                reader.Skip();
        }
        return true;
    }

    void ReadHeaders(ref Utf8JsonReader reader, ref AccessLogEntry entry)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("Referer"u8))
                entry.Referrer = ReadFirstText(ref reader, 4);
            else if (reader.ValueTextEquals("User-Agent"u8))
                entry.UserAgent = ReadFirstText(ref reader, 5);
            else
                reader.Skip();
        }
    }

    ReadOnlyMemory<byte> ReadFirstText(ref Utf8JsonReader reader, int slot)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return default;
        }
        ReadOnlyMemory<byte> first = default;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String && first.IsEmpty)
                first = Copy(ref reader, slot);
            else
                reader.Skip();
        }
        return first;
    }

    ReadOnlyMemory<byte> ReadText(ref Utf8JsonReader reader, int slot)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
            return Copy(ref reader, slot);
        reader.Skip();
        return default;
    }

    ReadOnlyMemory<byte> Copy(ref Utf8JsonReader reader, int slot)
    {
        var memory = _memory[slot];
        if (memory is null || memory.Length < reader.ValueSpan.Length)
            _memory[slot] = memory = new byte[Math.Max(reader.ValueSpan.Length, 256)];
        return memory.AsMemory(0, reader.CopyString(memory));
    }

    /// <summary>Seconds with a fraction by default; milliseconds or an ISO time where the configuration says so.</summary>
    static bool TryReadTime(ref Utf8JsonReader reader, out long milliseconds)
    {
        milliseconds = 0;
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var number))
        {
            var scaled = number < 100_000_000_000 ? number * 1000 : number;
            milliseconds = (long)Math.Round(Math.Clamp(scaled, 0, 250_000_000_000_000));
            return milliseconds > 0;
        }
        if (reader.TokenType == JsonTokenType.String
            && DateTimeOffset.TryParse(Encoding.UTF8.GetString(reader.ValueSpan), CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal, out var time))
        {
            milliseconds = time.ToUnixTimeMilliseconds();
            return true;
        }
        reader.Skip();
        return false;
    }
}
