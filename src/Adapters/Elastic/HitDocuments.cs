using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Footfall.Core.HitLog;
using Footfall.Core.Hits;
using Footfall.Core.Search;

namespace Footfall.Adapters.Elastic;

/// <summary>A raw hit as a document, as docs/formats/hit-documents.md describes it.</summary>
static class HitDocuments
{
    /// <summary>As an index orders and names them.</summary>
    public static string IdOf(Guid id) => id.ToString("D");

    public static string VisitorOf(ulong visitor) => visitor.ToString("x16", CultureInfo.InvariantCulture);

    public static void Write(Utf8JsonWriter json, FoundHit found)
    {
        var hit = found.Hit;
        json.WriteStartObject();
        json.WriteString("hit_id", IdOf(found.Id));
        json.WriteString("received_at", DateTimeOffset.FromUnixTimeMilliseconds(found.ReceivedAt).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
        json.WriteNumber("site", hit.Site);
        json.WriteNumber("partition", found.Position.Partition);
        json.WriteNumber("offset", found.Position.Offset);
        json.WriteNumber("place", found.Index);
        json.WriteString("language", found.AcceptLanguage);
        if (hit.Refusal is { } refusal)
            json.WriteString("refused", refusal);
        else
            WriteKept(json, hit);
        json.WriteEndObject();
    }

    public static FoundHit Read(JsonElement json)
    {
        var refusal = Text(json, "refused");
        return new FoundHit(
            Guid.Parse(json.GetProperty("hit_id").GetString()!),
            new LogPosition(json.GetProperty("partition").GetInt32(), json.GetProperty("offset").GetInt64()),
            json.GetProperty("place").GetInt32(),
            json.GetProperty("received_at").GetDateTimeOffset().ToUnixTimeMilliseconds(),
            Text(json, "language") ?? "",
            refusal is not null
                ? new Hit { Site = json.GetProperty("site").GetInt32(), Refusal = refusal, UserAgent = "" }
                : ReadKept(json));
    }

    static void WriteKept(Utf8JsonWriter json, in Hit hit)
    {
        json.WriteString("visitor", VisitorOf(hit.Visitor));
        json.WriteString("identity", JsonNamingPolicy.SnakeCaseLower.ConvertName(hit.Identity.ToString()));
        json.WriteNumber("protocol", (int)hit.Protocol);
        json.WriteBoolean("trusted", hit.Trusted);
        json.WriteString("agent", hit.UserAgent);
        if (hit.Address is { } address)
            json.WriteString("address", address.ToString());
        // A string keeps it as it was sent, to the byte; as an object every property of every site would become a field.
        if (Utf8.IsValid(hit.Payload.Span))
            json.WriteString("payload", hit.Payload.Span);
        else
            json.WriteBase64String("payload_base64", hit.Payload.Span);
        var traits = HitTraits.Of(hit);
        if (traits.Event is { } name)
            json.WriteString("event_name", name);
        if (traits.Path is { } path)
            json.WriteString("page_path", path);
        json.WriteStartArray("words");
        foreach (var word in traits.Words)
            json.WriteStringValue(word);
        json.WriteEndArray();
    }

    static Hit ReadKept(JsonElement json) => new()
    {
        Site = json.GetProperty("site").GetInt32(),
        Visitor = ulong.Parse(Text(json, "visitor")!, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
        Identity = Enum.Parse<VisitorIdentity>(Text(json, "identity")!, ignoreCase: true),
        Protocol = (HitProtocol)json.GetProperty("protocol").GetInt32(),
        Trusted = json.GetProperty("trusted").GetBoolean(),
        UserAgent = Text(json, "agent") ?? "",
        Address = Text(json, "address") is { } address ? IPAddress.Parse(address) : null,
        Payload = Text(json, "payload") is { } payload ? Encoding.UTF8.GetBytes(payload) : Convert.FromBase64String(Text(json, "payload_base64") ?? ""),
    };

    static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;
}
