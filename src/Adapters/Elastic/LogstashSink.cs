using System.Buffers;
using System.Text.Json;
using Footfall.Core.Search;

namespace Footfall.Adapters.Elastic;

/// <summary>
/// Hits to the HTTP input of Logstash nodes, as one array of documents a request: a 200 says that they are in the node's queue on disk. What becomes of
/// each is then Logstash's business: it writes with the same id and the same action, and keeps what is refused in its own dead letter queue.
/// </summary>
public sealed class LogstashSink(HttpNodes nodes) : IHitSink
{
    static readonly TimeSpan Within = TimeSpan.FromSeconds(20);

    public async ValueTask<DeliveryAnswer> DeliverAsync(IReadOnlyList<FoundHit> hits, CancellationToken cancellation)
    {
        var answer = await nodes.SendAsync(HttpMethod.Post, "", Body(hits), "application/json", Within, cancellation);
        if (answer.IsBusy)
            return new DeliveryAnswer([], [], [], hits, answer.Said);
        return answer.IsSuccess ? new DeliveryAnswer(hits, [], [], [], null) : throw new HitSearchUnavailableException(answer.Said);
    }

    static ReadOnlyMemory<byte> Body(IReadOnlyList<FoundHit> hits)
    {
        var body = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(body);
        json.WriteStartArray();
        foreach (var hit in hits)
            HitDocuments.Write(json, hit);
        json.WriteEndArray();
        json.Flush();
        return body.WrittenMemory;
    }
}
