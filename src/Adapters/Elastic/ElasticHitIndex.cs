using System.Text.Json.Nodes;
using Footfall.Core.HitLog;
using Footfall.Core.Hits;
using Footfall.Core.Search;

namespace Footfall.Adapters.Elastic;

/// <summary>
/// Raw hits as Elasticsearch finds them. Elasticsearch itself sends a search to whichever copy of a shard answers soonest, replicas among them; with the
/// addresses of coordinating nodes no node that holds data does anything but its part. A hit that is there twice is given once, because both stand at
/// the same place.
/// </summary>
public sealed class ElasticHitIndex : IHitIndex
{
    readonly string _hits;
    readonly int _partitions;
    readonly ElasticClient _client;
    readonly ElasticPositions _positions;

    /// <param name="partitions">How many the log has.</param>
    public ElasticHitIndex(HttpNodes nodes, ElasticOptions options, int partitions)
    {
        (_hits, _partitions, _client) = (options.Hits, partitions, new ElasticClient(nodes, options));
        _positions = new ElasticPositions(_client);
    }

    public async ValueTask<HitPage> SearchAsync(HitQuery query, CancellationToken cancellation)
    {
        // Twice the limit, should every hit of the page be there twice; one more says that there is a next page.
        var body = new JsonObject
        {
            ["size"] = (2 * query.Limit) + 1,
            ["query"] = ElasticQuery.Filtered(ElasticQuery.Of(query)),
            ["sort"] = ElasticQuery.Sort("desc", "received_at", "hit_id"),
            ["track_total_hits"] = false,
        };
        if (query.Before is { } before)
            body["search_after"] = new JsonArray(before.ReceivedAt, HitDocuments.IdOf(before.Id));
        var hits = (await FindAsync(body, cancellation)).DistinctBy(hit => hit.Id).ToList();
        return hits.Count > query.Limit ? new HitPage(hits[..query.Limit], hits[query.Limit - 1].Place) : new HitPage(hits, null);
    }

    public async ValueTask<HitTail> TailAsync(HitQuery query, string? position, CancellationToken cancellation)
    {
        var ends = await _positions.AllAsync(_partitions, cancellation);
        if (position is null)
            return new HitTail([], TailPosition.TextOf(ends));
        var (at, found) = (TailPosition.Parse(position), new List<FoundHit>());
        var behind = ends.Where(end => at.GetValueOrDefault(end.Key, end.Value) < end.Value).ToList();
        // What was delivered before it is found after it; nobody waits for a refresh but whoever watches.
        if (behind.Count > 0)
            await _client.AskAsync(HttpMethod.Post, $"{_hits}/_refresh?ignore_unavailable=true", null, cancellation);
        foreach (var (partition, end) in behind)
        {
            if (found.Count < query.Limit)
                at[partition] = await ReadAsync(new LogPosition(partition, at[partition]), end, query, found, cancellation);
        }
        foreach (var (partition, end) in ends)
            at[partition] = Math.Min(at.GetValueOrDefault(partition, end), end);
        return new HitTail([.. found.DistinctBy(hit => hit.Id).OrderBy(hit => hit.Place)], TailPosition.TextOf(at));
    }

    /// <returns>The offset it got to.</returns>
    async ValueTask<long> ReadAsync(LogPosition from, long end, HitQuery query, List<FoundHit> found, CancellationToken cancellation)
    {
        // More than one record can hold, so that an answer that is cut off gets past a record.
        var most = query.Limit + (2 * HitLimits.EventsPerRequest);
        var hits = await FindAsync(
            new JsonObject
            {
                ["size"] = most,
                ["query"] = ElasticQuery.Filtered(ElasticQuery.Between(ElasticQuery.Of(query), from, end)),
                ["sort"] = ElasticQuery.Sort("asc", "offset", "place"),
                ["track_total_hits"] = false,
            },
            cancellation);
        var whole = hits.Count < most ? end : hits[^1].Position.Offset;
        found.AddRange(hits.Where(hit => hit.Position.Offset < whole));
        return whole;
    }

    async ValueTask<List<FoundHit>> FindAsync(JsonObject body, CancellationToken cancellation)
    {
        var found = await _client.SearchAsync(_hits, body, cancellation);
        return [.. found.GetProperty("hits").EnumerateArray().Select(hit => HitDocuments.Read(hit.GetProperty("_source")))];
    }
}
