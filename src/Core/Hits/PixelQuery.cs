using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Footfall.Core.Hits;

/// <summary>An event sent as query parameters, for clients that can only load an image: the same fields, rewritten as the native JSON.</summary>
public static class PixelQuery
{
    /// <param name="parameters">Names and values, decoded. <c>prop.NAME</c> sets a property; <c>revenue</c> and <c>currency</c> the revenue.</param>
    public static ReadOnlyMemory<byte> ToJson(IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var output = new ArrayBufferWriter<byte>(512);
        using var writer = new Utf8JsonWriter(output);
        var props = new List<KeyValuePair<string, string>>();
        string? amount = null, currency = null;
        writer.WriteStartObject();
        foreach (var (name, value) in parameters)
        {
            if (name.StartsWith("prop.", StringComparison.Ordinal))
                props.Add(new(name[5..], value));
            else if (name == "revenue")
                amount = value;
            else if (name == "currency")
                currency = value;
            else
                WriteField(writer, name, value);
        }
        if (amount is not null)
        {
            writer.WriteStartObject("revenue");
            writer.WriteString("amount", amount);
            if (currency is not null)
                writer.WriteString("currency", currency);
            writer.WriteEndObject();
        }
        if (props.Count > 0)
        {
            writer.WriteStartObject("props");
            foreach (var (name, value) in props)
                writer.WriteString(name, value);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
        writer.Flush();
        return output.WrittenMemory;
    }

    static void WriteField(Utf8JsonWriter writer, string name, string value)
    {
        if (name is "time" or "engagement_ms" && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            writer.WriteNumber(name, number);
        else if (name == "interactive" && bool.TryParse(value, out var flag))
            writer.WriteBoolean(name, flag);
        else
            writer.WriteString(name, value);
    }
}
