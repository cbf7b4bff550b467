using System.Globalization;
using System.Text.Json;
using Footfall.Core.Archive;
using Footfall.Core.Hits;

namespace Footfall.Server.Archive;

/// <summary>A raw hit as one line of JSON; docs/formats/archive.md describes it.</summary>
static class HitLine
{
    public static void Write(Utf8JsonWriter json, ArchivedHit found)
    {
        json.WriteStartObject();
        json.WriteString("position", found.Position.ToString());
        if (found.Batch is not { } batch)
            json.WriteString("damage", found.Damage);
        else
            Write(json, batch, found.Index);
        json.WriteEndObject();
    }

    public static string VisitorOf(ulong visitor) => visitor.ToString("x16", CultureInfo.InvariantCulture);

    static void Write(Utf8JsonWriter json, HitBatch batch, int index)
    {
        var hit = batch.Hits[index];
        json.WriteString("id", batch.IdOf(index));
        json.WriteString("received_at", DateTimeOffset.FromUnixTimeMilliseconds(batch.ReceivedAt));
        json.WriteNumber("site", hit.Site);
        if (hit.Refusal is { } refusal)
        {
            json.WriteString("refused", refusal);
            return;
        }
        json.WriteString("visitor", VisitorOf(hit.Visitor));
        json.WriteString("identity", JsonNamingPolicy.SnakeCaseLower.ConvertName(hit.Identity.ToString()));
        json.WriteBoolean("trusted", hit.Trusted);
        json.WriteString("user_agent", hit.UserAgent);
        json.WriteString("address", hit.Address?.ToString());
        json.WriteString("accept_language", batch.AcceptLanguage);
        WritePayload(json, hit.Payload);
    }

    /// <summary>As it was sent; one that is no JSON, from a sender that is no tracker, as text in base 64.</summary>
    static void WritePayload(Utf8JsonWriter json, ReadOnlyMemory<byte> payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload);
            json.WritePropertyName("payload");
            document.RootElement.WriteTo(json);
        }
        catch (JsonException)
        {
            json.WriteBase64String("payload_base64", payload.Span);
        }
    }
}
