using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Footfall.Core.Hits.AccessLogs;

/// <summary>One of Footfall's own events as a line of a file. The server judges its fields; here only what the import itself needs is read.</summary>
public readonly record struct NativeEventLine(string? Problem, string? Site, bool HasEventId, long Time, bool IsPageView)
{
    public static NativeEventLine Read(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return new NativeEventLine { Problem = "it is not a JSON object" };
            return ReadObject(ref reader);
        }
        catch (JsonException)
        {
            return new NativeEventLine { Problem = "it is not valid JSON" };
        }
        catch (InvalidOperationException)
        {
            return new NativeEventLine { Problem = "it holds text that is not Unicode" };
        }
    }

    /// <summary>Copies the line, with the site and the id where it names none.</summary>
    public void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> line, string domain, UInt128 id)
    {
        var start = line.IndexOf((byte)'{');
        output.Write("{"u8);
        if (Site is null)
            output.Write(Encoding.UTF8.GetBytes($"\"site\":\"{JsonEncodedText.Encode(domain)}\","));
        if (!HasEventId)
            output.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\"event_id\":\"{id:x32}\",")));
        output.Write(line[(start + 1)..]);
        output.Write("\n"u8);
    }

    static NativeEventLine ReadObject(ref Utf8JsonReader reader)
    {
        var read = default(NativeEventLine);
        var fields = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            fields++;
            if (reader.ValueTextEquals("site"u8))
                read = read with { Site = ReadSite(ref reader) };
            else if (reader.ValueTextEquals("event_id"u8))
                read = read with { HasEventId = ReadText(ref reader) is { Length: > 0 } };
            else if (reader.ValueTextEquals("time"u8))
                read = read with { Time = ReadTime(ref reader) };
            else if (reader.ValueTextEquals("name"u8))
                read = read with { IsPageView = ReadText(ref reader) is "pageview" };
            else
                reader.Skip();
        }
        // What follows the object would otherwise reach the server as part of the next event.
        _ = reader.Read();
        return fields == 0 ? new NativeEventLine { Problem = "the event has no fields" } : read;
    }

    static string? ReadSite(ref Utf8JsonReader reader)
    {
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return reader.GetString();
            case JsonTokenType.Number when reader.TryGetInt32(out var id):
                return id.ToString(CultureInfo.InvariantCulture);
            default:
                reader.Skip();
                return null;
        }
    }

    static string? ReadText(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
            return reader.GetString();
        reader.Skip();
        return null;
    }

    static long ReadTime(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number)
            return reader.TryGetInt64(out var milliseconds) ? milliseconds : 0;
        if (reader.TokenType == JsonTokenType.String)
            return reader.TryGetDateTimeOffset(out var time) ? time.ToUnixTimeMilliseconds() : 0;
        reader.Skip();
        return 0;
    }
}
