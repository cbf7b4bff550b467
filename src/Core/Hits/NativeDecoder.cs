using System.Buffers;
using System.Text.Json;

namespace Footfall.Core.Hits;

/// <summary>
/// The product's own protocol: JSON, one object an event; as one object, an array, or objects one after another (newline-delimited).
/// The collector splits and checks with it, the processor reads the kept payload with it, so both know the same fields.
/// </summary>
public static class NativeDecoder
{
    static readonly JsonReaderOptions Many = new() { AllowMultipleValues = true, MaxDepth = 8 };

    /// <summary>Splits a request's body into its events and checks every field; what is read of each is what a collector needs. All or nothing: on an error the list is of no use.</summary>
    /// <returns>Null when every event is well formed; otherwise the first thing wrong.</returns>
    public static HitError? Split(ReadOnlyMemory<byte> body, List<NativeEvent> events)
    {
        var reader = new Utf8JsonReader(body.Span, Many);
        try
        {
            var inArray = false;
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.StartArray && !inArray)
                {
                    inArray = true;
                    continue;
                }
                if (reader.TokenType == JsonTokenType.EndArray)
                {
                    inArray = false;
                    continue;
                }
                if (One(ref reader, body, events) is { } error)
                    return error;
            }
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return new HitError(events.Count, "", $"not valid JSON near byte {reader.BytesConsumed}");
        }
        return events.Count == 0 ? new HitError(-1, "", "the body holds no event: send a JSON object, an array of them, or one a line") : null;
    }

    /// <summary>Reads a payload that <see cref="Split"/> accepted, in this version or an earlier one.</summary>
    /// <returns>Null, or what this version finds wrong with it.</returns>
    public static HitError? Read(ReadOnlySpan<byte> payload, SentEvent into)
    {
        var reader = new Utf8JsonReader(payload, Many);
        try
        {
            return reader.Read() ? new NativeEventReader(0, ofSender: false).Read(ref reader, into, out _) : new HitError(0, "", "empty payload");
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return new HitError(0, "", "not valid JSON");
        }
    }

    static HitError? One(ref Utf8JsonReader reader, ReadOnlyMemory<byte> body, List<NativeEvent> events)
    {
        if (events.Count == HitLimits.EventsPerRequest)
            return new HitError(-1, "", $"more than {HitLimits.EventsPerRequest} events in one request", HitLimits.EventsPerRequest);
        if (reader.TokenType != JsonTokenType.StartObject)
            return new HitError(events.Count, "", "an event must be a JSON object");
        var start = (int)reader.TokenStartIndex;
        var sent = new SentEvent();
        if (new NativeEventReader(events.Count, ofSender: true).Read(ref reader, sent, out var hasPrivate) is { } error)
            return error;
        var payload = body[start..(int)reader.BytesConsumed];
        events.Add(new NativeEvent(sent, hasPrivate ? WithoutPrivate(payload) : payload));
        return null;
    }

    /// <summary>The same object without the client's address and agent: those are kept beside the payload, after privacy, or not at all.</summary>
    static ReadOnlyMemory<byte> WithoutPrivate(ReadOnlyMemory<byte> payload)
    {
        var output = new ArrayBufferWriter<byte>(payload.Length);
        using var writer = new Utf8JsonWriter(output);
        var reader = new Utf8JsonReader(payload.Span);
        reader.Read();
        writer.WriteStartObject();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isPrivate = NativeEventReader.IsPrivate(ref reader);
            var name = reader.GetString()!;
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (isPrivate)
                continue;
            writer.WritePropertyName(name);
            writer.WriteRawValue(payload.Span[start..(int)reader.BytesConsumed], skipInputValidation: true);
        }
        writer.WriteEndObject();
        writer.Flush();
        return output.WrittenMemory;
    }
}
