using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Footfall.Core.HitLog;
using Footfall.Core.Search;

namespace Footfall.Adapters.Elastic;

/// <summary>How far each partition is delivered: a document each, read as it was written last.</summary>
sealed class ElasticPositions(ElasticClient client)
{
    // As many partitions as there may be go in one request: each is one short line.
    const int PartitionsMost = 1024;

    readonly Grouped<LogPosition, bool> _stores = new(atOnce: 1, PartitionsMost, _ => 1, positions => StoreAsync(client, positions));

    public async ValueTask StoreAsync(LogPosition position, CancellationToken cancellation) => await _stores.AskAsync(position, cancellation);

    static async Task<IReadOnlyList<bool>> StoreAsync(ElasticClient client, IReadOnlyList<LogPosition> positions)
    {
        var now = client.Options.Time.GetUtcNow();
        await client.ChangeAsync(positions.SelectMany(position => new JsonNode[]
        {
            ElasticClient.Action("index", client.Options.Positions, position.Partition.ToString(CultureInfo.InvariantCulture)),
            new JsonObject { ["offset"] = position.Offset, ["stored_at"] = now },
        }), CancellationToken.None);
        return [.. positions.Select(_ => true)];
    }

    /// <summary>The offset of each partition; 0 for one that nothing was delivered of.</summary>
    public async ValueTask<Dictionary<int, long>> AllAsync(int partitions, CancellationToken cancellation)
    {
        var known = await FindAsync([.. Enumerable.Range(0, partitions)], cancellation);
        return Enumerable.Range(0, partitions).ToDictionary(partition => partition, partition => known.GetValueOrDefault(partition));
    }

    public async ValueTask<Dictionary<int, long>> FindAsync(IReadOnlyList<int> partitions, CancellationToken cancellation)
    {
        var names = new JsonArray([.. partitions.Select(partition => JsonValue.Create(partition.ToString(CultureInfo.InvariantCulture)))]);
        var answer = await client.SendAsync(HttpMethod.Post, client.Options.Positions + "/_mget", new JsonObject { ["ids"] = names }, cancellation);
        if (answer.Status == HttpStatusCode.NotFound)
            return [];
        if (!answer.IsSuccess)
            throw ElasticClient.Unavailable(answer);
        var found = new Dictionary<int, long>();
        foreach (var document in answer.Json().GetProperty("docs").EnumerateArray())
        {
            if (document.TryGetProperty("_source", out var source))
                found[int.Parse(document.GetProperty("_id").GetString()!, CultureInfo.InvariantCulture)] = source.GetProperty("offset").GetInt64();
        }
        return found;
    }
}
