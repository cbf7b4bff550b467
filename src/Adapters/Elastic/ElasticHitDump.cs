using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Footfall.Core.Archive;
using Footfall.Core.HitLog;
using Footfall.Core.Search;

namespace Footfall.Adapters.Elastic;

/// <summary>The raw dump in Elasticsearch: positions and what was refused are documents beside the hits, so that one copy of all of it is one that fits together.</summary>
public sealed class ElasticHitDump : IHitDump
{
    /// <summary>Documents that are asked for, or deleted, at once.</summary>
    const int AtOnce = 1000;

    readonly ElasticOptions _options;
    readonly ElasticClient _client;
    readonly ElasticIndices _indices;
    readonly ElasticPositions _positions;

    public ElasticHitDump(HttpNodes nodes, ElasticOptions options)
    {
        (_options, _client) = (options, new ElasticClient(nodes, options));
        (_indices, _positions) = (new ElasticIndices(_client), new ElasticPositions(_client));
    }

    public ValueTask PrepareAsync(CancellationToken cancellation) => _indices.PrepareAsync(cancellation);

    public ValueTask UpkeepAsync(CancellationToken cancellation) => _indices.UpkeepAsync(cancellation);

    public async ValueTask<LogPosition?> PositionAsync(int partition, CancellationToken cancellation) =>
        (await _positions.FindAsync([partition], cancellation)).TryGetValue(partition, out var offset) ? new LogPosition(partition, offset) : null;

    public ValueTask StoreAsync(LogPosition position, CancellationToken cancellation) => _positions.StoreAsync(position, cancellation);

    public async ValueTask<long> ReachAsync(int partition, CancellationToken cancellation)
    {
        await RefreshAsync(_options.Hits, cancellation);
        var newest = await _client.SearchAsync(_options.Hits, new JsonObject
        {
            ["size"] = 1,
            ["query"] = new JsonObject { ["term"] = new JsonObject { ["partition"] = partition } },
            ["sort"] = ElasticQuery.Sort("desc", "offset"),
            ["_source"] = false,
        }, cancellation);
        var hits = newest.GetProperty("hits");
        return hits.GetArrayLength() == 0 ? -1 : hits[0].GetProperty("sort")[0].GetInt64();
    }

    public async ValueTask<IReadOnlySet<Guid>> KnownAsync(IReadOnlyList<Guid> ids, CancellationToken cancellation)
    {
        var known = new HashSet<Guid>();
        foreach (var some in ids.Chunk(AtOnce))
        {
            var query = new JsonObject { ["ids"] = new JsonObject { ["values"] = new JsonArray([.. some.Select(id => JsonValue.Create(HitDocuments.IdOf(id)))]) } };
            // An id that is there twice counts twice.
            var found = await _client.SearchAsync(_options.Hits, new JsonObject { ["size"] = 2 * some.Length, ["query"] = query, ["_source"] = false }, cancellation);
            known.UnionWith(found.GetProperty("hits").EnumerateArray().Select(hit => Guid.Parse(hit.GetProperty("_id").GetString()!)));
        }
        return known;
    }

    public ValueTask KeepRefusedAsync(IReadOnlyList<RefusedDocument> hits, CancellationToken cancellation)
    {
        var now = _options.Time.GetUtcNow();
        return _client.ChangeAsync(hits.SelectMany(hit => new JsonNode[]
        {
            ElasticClient.Action("index", _options.Refused, HitDocuments.IdOf(hit.Id)),
            new JsonObject
            {
                ["site"] = hit.Site,
                ["visitor"] = HitDocuments.VisitorOf(hit.Visitor),
                ["partition"] = hit.Position.Partition,
                ["offset"] = hit.Position.Offset,
                ["received_at"] = DateTimeOffset.FromUnixTimeMilliseconds(hit.ReceivedAt),
                ["reason"] = hit.Reason,
                ["refused_at"] = now,
            },
        }), cancellation);
    }

    public async ValueTask<(long Count, IReadOnlyList<RefusedDocument> Newest)> RefusedAsync(int most, CancellationToken cancellation)
    {
        var found = await _client.SearchAsync(
            _options.Refused, new JsonObject { ["size"] = most, ["sort"] = ElasticQuery.Sort("desc", "received_at"), ["track_total_hits"] = true }, cancellation);
        return (found.GetProperty("total").GetProperty("value").GetInt64(), [.. found.GetProperty("hits").EnumerateArray().Select(RefusedOf)]);
    }

    public async ValueTask EraseAsync(HitFilter filter, LogPosition through, CancellationToken cancellation)
    {
        var query = ElasticQuery.Filtered(ElasticQuery.Between(ElasticQuery.Of(filter), through with { Offset = 0 }, through.Offset));
        // The reason of a refusal may quote what was refused.
        foreach (var index in (string[])[_options.Hits, _options.Refused])
        {
            while (await EraseSomeAsync(index, query, cancellation))
                cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <returns>False once there was nothing to erase.</returns>
    async ValueTask<bool> EraseSomeAsync(string index, JsonObject query, CancellationToken cancellation)
    {
        await RefreshAsync(index, cancellation);
        var found = await _client.SearchAsync(index, new JsonObject { ["size"] = AtOnce, ["query"] = query.DeepClone(), ["_source"] = false }, cancellation);
        var hits = found.GetProperty("hits").EnumerateArray().ToList();
        // From the very index that it is in: the alias would delete from the newest one.
        if (hits.Count > 0)
            await _client.ChangeAsync(hits.Select(hit => ElasticClient.Action("delete", hit.GetProperty("_index").GetString()!, hit.GetProperty("_id").GetString()!)), cancellation);
        return hits.Count > 0;
    }

    async ValueTask RefreshAsync(string index, CancellationToken cancellation) =>
        await _client.AskAsync(HttpMethod.Post, $"{index}/_refresh?ignore_unavailable=true", null, cancellation);

    static RefusedDocument RefusedOf(JsonElement hit)
    {
        var source = hit.GetProperty("_source");
        return new RefusedDocument(
            Guid.Parse(hit.GetProperty("_id").GetString()!),
            source.GetProperty("site").GetInt32(),
            ulong.Parse(source.GetProperty("visitor").GetString()!, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
            new LogPosition(source.GetProperty("partition").GetInt32(), source.GetProperty("offset").GetInt64()),
            source.GetProperty("received_at").GetDateTimeOffset().ToUnixTimeMilliseconds(),
            source.GetProperty("reason").GetString()!);
    }
}
