using System.Buffers;
using System.Net;
using System.Text.Json;
using Footfall.Core.Search;

namespace Footfall.Adapters.Elastic;

/// <summary>
/// Hits straight into Elasticsearch by <c>_bulk</c>: the hit's id is the document's, the action is create, so that a repeat is a 409 and no second
/// document. Each item is answered for by itself.
/// </summary>
public sealed class ElasticSink(HttpNodes nodes, ElasticOptions options) : IHitSink
{
    readonly ElasticClient _client = new(nodes, options);

    public async ValueTask<DeliveryAnswer> DeliverAsync(IReadOnlyList<FoundHit> hits, CancellationToken cancellation)
    {
        // Without the alias a node would make an index of its name, which nothing could ever follow.
        var answer = await _client.BulkAsync(
            "?require_alias=true&filter_path=items.*.status,items.*.error.type,items.*.error.reason,items.*.error.caused_by.reason", Lines(hits), cancellation);
        if (answer.IsBusy)
            return new DeliveryAnswer([], [], [], hits, answer.Said);
        if (answer.Status == HttpStatusCode.RequestEntityTooLarge)
            return await DeliverLessAsync(hits, answer, cancellation);
        return answer.IsSuccess ? Read(hits, answer) : throw ElasticClient.Unavailable(answer);
    }

    /// <summary>Something on the way takes no request as large: in halves, then.</summary>
    async ValueTask<DeliveryAnswer> DeliverLessAsync(IReadOnlyList<FoundHit> hits, HttpAnswer answer, CancellationToken cancellation)
    {
        if (hits.Count == 1)
            return new DeliveryAnswer([], [], [RefusedDocument.Of(hits[0], answer.Said)], [], null);
        var half = hits.Count / 2;
        var (one, other) = (await DeliverAsync([.. hits.Take(half)], cancellation), await DeliverAsync([.. hits.Skip(half)], cancellation));
        return new DeliveryAnswer(
            [.. one.Delivered, .. other.Delivered], [.. one.Repeated, .. other.Repeated], [.. one.Refused, .. other.Refused], [.. one.Later, .. other.Later], one.Reason ?? other.Reason);
    }

    static DeliveryAnswer Read(IReadOnlyList<FoundHit> hits, HttpAnswer answer)
    {
        var items = answer.Json().GetProperty("items").EnumerateArray().Select(item => item.GetProperty("create")).ToList();
        if (items.Count != hits.Count)
            throw new HitSearchUnavailableException($"{answer.Node} answered for {items.Count} hits of {hits.Count}");
        var (delivered, repeated, later) = (new List<FoundHit>(hits.Count), new List<FoundHit>(), new List<FoundHit>());
        var (refused, reason) = (new List<RefusedDocument>(), (string?)null);
        var tookSome = items.Exists(item => StatusOf(item) is < 300 or 409);
        for (var place = 0; place < items.Count; place++)
        {
            switch (StatusOf(items[place]))
            {
                case < 300:
                    delivered.Add(hits[place]);
                    break;
                case 409:
                    repeated.Add(hits[place]);
                    break;
                case 400 when tookSome || IsItsOwnFault(items[place]):
                    refused.Add(RefusedDocument.Of(hits[place], ReasonOf(items[place])));
                    break;
                default:
                    later.Add(hits[place]);
                    reason ??= $"{answer.Node}: {ReasonOf(items[place])}";
                    break;
            }
        }
        return new DeliveryAnswer(delivered, repeated, refused, later, reason);
    }

    /// <summary>Whether another hit might be taken. Where an index is set up wrongly, every hit gets a 400, and none is to be refused for that.</summary>
    static bool IsItsOwnFault(JsonElement item)
    {
        var (type, reason) = (item.GetProperty("error").GetProperty("type").GetString()!, ReasonOf(item));
        return type.Contains("parsing", StringComparison.Ordinal) || type.Contains("mapp", StringComparison.Ordinal) || reason.Contains("immense term", StringComparison.Ordinal);
    }

    static int StatusOf(JsonElement item) => item.GetProperty("status").GetInt32();

    static string ReasonOf(JsonElement item)
    {
        if (!item.TryGetProperty("error", out var error))
            return "status " + StatusOf(item).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var reason = $"{error.GetProperty("type").GetString()}: {error.GetProperty("reason").GetString()}";
        return error.TryGetProperty("caused_by", out var cause) && cause.TryGetProperty("reason", out var because) ? $"{reason}: {because.GetString()}" : reason;
    }

    ReadOnlyMemory<byte> Lines(IReadOnlyList<FoundHit> hits)
    {
        var lines = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(lines);
        foreach (var hit in hits)
        {
            json.WriteStartObject();
            json.WriteStartObject("create");
            json.WriteString("_index", options.Hits);
            json.WriteString("_id", HitDocuments.IdOf(hit.Id));
            json.WriteEndObject();
            json.WriteEndObject();
            EndLine(json, lines);
            HitDocuments.Write(json, hit);
            EndLine(json, lines);
        }
        return lines.WrittenMemory;
    }

    static void EndLine(Utf8JsonWriter json, ArrayBufferWriter<byte> lines)
    {
        json.Flush();
        lines.Write("\n"u8);
        json.Reset();
    }
}
