using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Footfall.Core.Hits;

/// <summary>
/// Reads one event object field by field and checks each against <see cref="HitLimits"/>. The collector needs to know who sent an event, to which
/// site and when; of all else only that it is well formed, and checks that in the bytes of the request, without making texts of them.
/// </summary>
/// <param name="index">Place of the event in its request, for the error.</param>
/// <param name="ofSender">Whether to read only what the collector needs; everything is checked all the same.</param>
readonly struct NativeEventReader(int index, bool ofSender)
{
    const string PageView = "pageview";

    static readonly TextField[] Texts =
    [
        new("name", HitLimits.Name, (e, v) => e.Name = v) { Recurs = true },
        new("url", HitLimits.Url, (e, v) => e.Url = v) { Recurs = true },
        new("site", HitLimits.Url, (e, v) => e.Site = v) { IsSender = true, Recurs = true },
        new("referrer", HitLimits.Url, (e, v) => e.Referrer = v) { Recurs = true },
        new("title", HitLimits.Title, (e, v) => e.Title = v) { Recurs = true },
        new("event_id", HitLimits.Id, (e, v) => e.EventId = v),
        new("visitor_id", HitLimits.Id, (e, v) => e.VisitorId = v) { IsSender = true },
        new("user_id", HitLimits.UserId, (e, v) => e.UserId = v) { IsSender = true },
        new("session_id", HitLimits.Id, (e, v) => e.SessionId = v),
        new("order_id", HitLimits.Id, (e, v) => e.OrderId = v),
        new("language", HitLimits.Language, (e, v) => e.Language = v) { Recurs = true },
        new("tracker", HitLimits.Tracker, (e, v) => e.Tracker = v) { Recurs = true },
        new("address", HitLimits.Id, (e, v) => e.Address = v) { IsPrivate = true, IsSender = true },
        new("user_agent", HitLimits.Url, (e, v) => e.UserAgent = v) { IsPrivate = true, IsSender = true },
    ];

    static readonly string[] Others = ["time", "props", "revenue", "items", "engagement_ms", "screen", "interactive"];

    /// <summary>Every field an event may have, for the message about one it may not.</summary>
    static readonly string FieldNames = string.Join(", ", Texts.Select(field => field.Name).Concat(Others));

    /// <summary>Whether the property the reader stands on must not be stored with the payload.</summary>
    public static bool IsPrivate(ref Utf8JsonReader reader) => reader.ValueTextEquals("address"u8) || reader.ValueTextEquals("user_agent"u8);

    public HitError? Read(ref Utf8JsonReader reader, SentEvent into, out bool hasPrivate)
    {
        hasPrivate = false;
        var hasUrl = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = TextOf(ref reader);
            var error = field is null ? ReadOther(ref reader, into) : ReadText(ref reader, field, into);
            if (error is not null)
                return error;
            hasPrivate |= field is { IsPrivate: true };
            hasUrl |= field is { Name: "url" } && reader.TokenType == JsonTokenType.String;
        }
        into.Name ??= PageView;
        if (!hasUrl && into.Name == PageView)
            return Wrong("url", "a page view needs its url");
        return into.Name.Length == 0 ? Wrong("name", "must not be empty") : null;
    }

    static TextField? TextOf(ref Utf8JsonReader reader)
    {
        var (length, escaped) = (reader.ValueSpan.Length, reader.ValueIsEscaped);
        foreach (var field in Texts)
        {
            if ((length == field.Utf8.Length || escaped) && reader.ValueTextEquals(field.Utf8))
                return field;
        }
        return null;
    }

    HitError? ReadText(ref Utf8JsonReader reader, TextField field, SentEvent into)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        // A site is often sent as the number it is.
        if (reader.TokenType == JsonTokenType.Number && field.Name is "site")
        {
            into.Site = Encoding.UTF8.GetString(reader.ValueSpan);
            return null;
        }
        if (reader.TokenType != JsonTokenType.String)
            return Wrong(field.Name, "must be a string");
        if (ofSender && !field.IsSender && IsKnownOrShort(ref reader, field, into))
            return null;
        var text = field.Recurs && !ofSender ? Recurring(ref reader) : Clean(reader.GetString()!);
        if (text.Length > field.Max)
            return Wrong(field.Name, $"is {text.Length} characters long; at most {field.Max} are kept", field.Max);
        field.Set(into, text);
        return null;
    }

    static string Recurring(ref Utf8JsonReader reader) =>
        !reader.ValueIsEscaped && Ascii.IsValid(reader.ValueSpan) ? RecentText.OfUtf8(reader.ValueSpan) : Clean(reader.GetString()!);

    /// <summary>Whether nothing about a text need be read: it is within its limit, and what it says is known or of no concern to the collector.</summary>
    static bool IsKnownOrShort(ref Utf8JsonReader reader, TextField field, SentEvent into)
    {
        if (field.Name != "name")
            return IsShort(ref reader, field.Max);
        if (!reader.ValueTextEquals("pageview"u8))
            return false;
        into.Name = PageView;
        return true;
    }

    /// <summary>
    /// Whether a text is surely within a number of characters: it is no longer in bytes, and none of them is an escape or spoilt, which only
    /// reading it would tell.
    /// </summary>
    static bool IsShort(ref Utf8JsonReader reader, int max) =>
        !reader.ValueIsEscaped && reader.ValueSpan.Length <= max && Utf8.IsValid(reader.ValueSpan);

    HitError? ReadOther(ref Utf8JsonReader reader, SentEvent into)
    {
        if (reader.ValueTextEquals("time"u8))
            return ReadTime(ref reader, into);
        if (reader.ValueTextEquals("props"u8))
            return ReadProps(ref reader, into);
        if (reader.ValueTextEquals("revenue"u8))
            return ReadRevenue(ref reader, into);
        if (reader.ValueTextEquals("items"u8))
            return ReadItems(ref reader, into);
        if (reader.ValueTextEquals("engagement_ms"u8))
            return ReadEngagement(ref reader, into);
        if (reader.ValueTextEquals("screen"u8))
            return ReadScreen(ref reader, into);
        if (reader.ValueTextEquals("interactive"u8))
            return ReadInteractive(ref reader, into);
        var name = reader.GetString()!;
        return Wrong(name.Length > 100 ? name[..100] : name, $"is not a field of an event; there are {FieldNames}");
    }

    HitError? ReadTime(ref Utf8JsonReader reader, SentEvent into)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var number) && number is > 100_000_000_000 and < 8_000_000_000_000)
        {
            into.Time = (long)number;
            return null;
        }
        if (reader.TokenType == JsonTokenType.String
            && DateTimeOffset.TryParse(reader.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            into.Time = time.ToUnixTimeMilliseconds();
            return null;
        }
        return Wrong("time", "must be ISO 8601, such as 2026-01-31T12:00:00Z, or milliseconds since 1970");
    }

    HitError? ReadEngagement(ref Utf8JsonReader reader, SentEvent into)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetDouble(out var value) || value is < 0 or > HitLimits.EngagementMs)
            return Wrong("engagement_ms", $"must be a number of milliseconds from 0 to {HitLimits.EngagementMs}", HitLimits.EngagementMs);
        into.EngagementMs = (int)value;
        return null;
    }

    HitError? ReadScreen(ref Utf8JsonReader reader, SentEvent into)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var width) && width is > 0 and < 100_000)
        {
            into.ScreenWidth = width;
            return null;
        }
        if (reader.TokenType == JsonTokenType.String)
        {
            var text = reader.GetString().AsSpan();
            var cross = text.IndexOf('x');
            if (int.TryParse(cross < 0 ? text : text[..cross], NumberStyles.None, CultureInfo.InvariantCulture, out width) && width is > 0 and < 100_000)
            {
                into.ScreenWidth = width;
                return null;
            }
        }
        return Wrong("screen", "must be WIDTHxHEIGHT, such as 1920x1080, or a width in pixels");
    }

    HitError? ReadInteractive(ref Utf8JsonReader reader, SentEvent into)
    {
        reader.Read();
        if (reader.TokenType is not (JsonTokenType.True or JsonTokenType.False))
            return Wrong("interactive", "must be true or false");
        into.Interactive = reader.TokenType == JsonTokenType.True;
        return null;
    }

    HitError? ReadProps(ref Utf8JsonReader reader, SentEvent into)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        if (reader.TokenType != JsonTokenType.StartObject)
            return Wrong("props", "must be a JSON object of scalar values");
        var text = ofSender ? null : new StringBuilder("{");
        var keys = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (++keys > HitLimits.PropKeys)
                return Wrong("props", $"has more than {HitLimits.PropKeys} keys", HitLimits.PropKeys);
            var key = Clean(reader.GetString()!);
            if (key.Length is 0 or > HitLimits.PropKey)
                return Wrong("props", $"has a key of {key.Length} characters; 1 to {HitLimits.PropKey} are allowed", HitLimits.PropKey);
            reader.Read();
            if (PropValue(ref reader, key, out var value) is { } error)
                return error;
            if (value is not null)
                text?.Append(text.Length > 1 ? ",\"" : "\"").Append(JsonEncodedText.Encode(key).Value).Append("\":").Append(value);
        }
        into.Props = text is { Length: > 1 } ? text.Append('}').ToString() : null;
        return null;
    }

    HitError? PropValue(ref Utf8JsonReader reader, string key, out string? value)
    {
        value = null;
        switch (reader.TokenType)
        {
            case JsonTokenType.String when ofSender && IsShort(ref reader, HitLimits.PropValue):
                return null;
            case JsonTokenType.String:
                var text = Clean(reader.GetString()!);
                if (text.Length > HitLimits.PropValue)
                    return Wrong("props." + key, $"is {text.Length} characters long; at most {HitLimits.PropValue} are kept", HitLimits.PropValue);
                value = "\"" + JsonEncodedText.Encode(text).Value + "\"";
                return null;
            case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                if (reader.ValueSpan.Length > 100)
                    return Wrong("props." + key, "is a number of more than 100 digits", 100);
                value = Encoding.UTF8.GetString(reader.ValueSpan);
                return null;
            case JsonTokenType.Null:
                return null;
            default:
                return Wrong("props." + key, "must be a string, a number, true, false or null");
        }
    }

    HitError? ReadRevenue(ref Utf8JsonReader reader, SentEvent into)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        if (reader.TokenType != JsonTokenType.StartObject)
            return Wrong("revenue", "must be an object {\"amount\": 9.99, \"currency\": \"EUR\"}");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isAmount = reader.ValueTextEquals("amount"u8);
            if (!isAmount && !reader.ValueTextEquals("currency"u8))
                return Wrong("revenue." + reader.GetString(), "is not a field of revenue; there are amount and currency");
            reader.Read();
            if (isAmount)
            {
                if (!TryMicros(ref reader, out var amount))
                    return Wrong("revenue.amount", $"must be a number of at most {HitLimits.Amount}", HitLimits.Amount);
                into.AmountMicros = amount;
            }
            else if (reader.TokenType == JsonTokenType.String && reader.GetString() is { Length: 3 } code && code.All(char.IsAsciiLetter))
            {
                into.Currency = code.ToUpperInvariant();
            }
            else
            {
                return Wrong("revenue.currency", "must be a code of three letters (ISO 4217), such as EUR");
            }
        }
        return into.AmountMicros is null ? Wrong("revenue.amount", "is missing") : null;
    }

    HitError? ReadItems(ref Utf8JsonReader reader, SentEvent into)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        if (reader.TokenType != JsonTokenType.StartArray)
            return Wrong("items", "must be an array of objects");
        var items = new List<SentItem>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (items.Count == HitLimits.Items)
                return Wrong("items", $"holds more than {HitLimits.Items} items", HitLimits.Items);
            if (reader.TokenType != JsonTokenType.StartObject)
                return Wrong("items", "must be an array of objects");
            if (ReadItem(ref reader, items) is { } error)
                return error;
        }
        into.Items = items;
        return null;
    }

    HitError? ReadItem(ref Utf8JsonReader reader, List<SentItem> items)
    {
        var item = new SentItem("", "", null, null, null, null, 1);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = reader.GetString()!;
            reader.Read();
            if (field is "price" or "quantity")
            {
                if (!TryMicros(ref reader, out var number) || (field == "quantity" && number is < 0 or > 1_000_000_000_000))
                    return Wrong($"items.{field}", "must be a number");
                item = field == "price" ? item with { PriceMicros = number } : item with { Quantity = (int)(number / 1_000_000) };
                continue;
            }
            if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Null))
                return Wrong($"items.{field}", "must be a string");
            var text = Clean(reader.GetString() ?? "");
            if (text.Length > HitLimits.ItemText)
                return Wrong($"items.{field}", $"is {text.Length} characters long; at most {HitLimits.ItemText} are kept", HitLimits.ItemText);
            switch (field)
            {
                case "id": item = item with { Id = text }; break;
                case "name": item = item with { Name = text }; break;
                case "brand": item = item with { Brand = text }; break;
                case "category": item = item with { Category = text }; break;
                case "variant": item = item with { Variant = text }; break;
                default: return Wrong($"items.{field}", "is not a field of an item; there are id, name, brand, category, variant, price, quantity");
            }
        }
        items.Add(item);
        return null;
    }

    static bool TryMicros(ref Utf8JsonReader reader, out long micros)
    {
        micros = 0;
        decimal amount;
        if (reader.TokenType == JsonTokenType.Number)
        {
            if (!reader.TryGetDecimal(out amount))
                return false;
        }
        else if (reader.TokenType != JsonTokenType.String
            || !decimal.TryParse(reader.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out amount))
        {
            return false;
        }
        if (Math.Abs(amount) > HitLimits.Amount)
            return false;
        micros = (long)decimal.Round(amount * 1_000_000, MidpointRounding.AwayFromZero);
        return true;
    }

    /// <summary>Databases and terminals choke on NUL; nobody means it.</summary>
    static string Clean(string text) => text.Contains('\0', StringComparison.Ordinal) ? text.Replace("\0", "", StringComparison.Ordinal) : text;

    HitError Wrong(string field, string detail, long? limit = null) => new(index, field, detail, limit);

    sealed record TextField(string Name, int Max, Action<SentEvent, string> Set)
    {
        public byte[] Utf8 { get; } = Encoding.UTF8.GetBytes(Name);

        /// <summary>Many events say the same.</summary>
        public bool Recurs { get; init; }

        /// <summary>The collector needs it.</summary>
        public bool IsSender { get; init; }

        /// <summary>It must not be stored with the payload.</summary>
        public bool IsPrivate { get; init; }
    }
}
