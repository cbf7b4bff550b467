using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Footfall.Adapters.Elastic;

/// <summary>
/// The indices that hits are in: a template, an alias over all of them of which one is written to, the next begun by age and size, and the oldest
/// deleted. Whatever is there already is left as it is.
/// </summary>
sealed class ElasticIndices(ElasticClient client)
{
    const int Shards = 2;

    ElasticOptions Options => client.Options;

    public async ValueTask PrepareAsync(CancellationToken cancellation)
    {
        await client.AskAsync(HttpMethod.Put, "_index_template/" + Options.Hits, Template(), cancellation);
        if (!await IsThereAsync("_alias/" + Options.Hits, cancellation))
            await MakeAsync(Options.Hits + "-000001", new JsonObject { ["aliases"] = new JsonObject { [Options.Hits] = new JsonObject { ["is_write_index"] = true } } }, cancellation);
        await MakeIfMissingAsync(Options.Positions, new JsonObject { ["offset"] = Field("long"), ["stored_at"] = Field("date") }, cancellation);
        await MakeIfMissingAsync(Options.Refused, new JsonObject
        {
            ["received_at"] = Field("date"),
            ["refused_at"] = Field("date"),
            ["site"] = Field("integer"),
            ["visitor"] = Field("keyword"),
            ["partition"] = Field("integer"),
            ["offset"] = Field("long"),
            ["reason"] = new JsonObject { ["type"] = "keyword", ["index"] = false, ["doc_values"] = false },
        }, cancellation);
    }

    public async ValueTask UpkeepAsync(CancellationToken cancellation)
    {
        var conditions = new JsonObject
        {
            ["max_age"] = string.Create(CultureInfo.InvariantCulture, $"{(long)Options.RolloverAge.TotalSeconds}s"),
            ["max_primary_shard_size"] = string.Create(CultureInfo.InvariantCulture, $"{Options.RolloverGigabytes}gb"),
            ["max_docs"] = Options.RolloverHits,
        };
        var answer = await client.SendAsync(HttpMethod.Post, Options.Hits + "/_rollover", new JsonObject { ["conditions"] = conditions }, cancellation);
        // Nothing was delivered yet.
        if (answer.Status == HttpStatusCode.NotFound)
            return;
        if (!answer.IsSuccess)
            throw ElasticClient.Unavailable(answer);
        if (Options.Days > 0)
            await DeleteOldAsync(cancellation);
    }

    /// <summary>By when its newest hit was received: one that was filled late, from the archive, is as old as its hits.</summary>
    async ValueTask DeleteOldAsync(CancellationToken cancellation)
    {
        var oldest = Options.Time.GetUtcNow().AddDays(-Options.Days).ToUnixTimeMilliseconds();
        var aliases = await client.AskAsync(HttpMethod.Get, "_alias/" + Options.Hits, null, cancellation);
        foreach (var index in aliases.EnumerateObject().Where(index => !IsWritten(index.Value)).Select(index => index.Name))
        {
            if (await NewestAsync(index, cancellation) < oldest)
                await client.AskAsync(HttpMethod.Delete, index, null, cancellation);
        }
    }

    /// <summary>When its newest hit was received, in milliseconds; the beginning of time when it has none.</summary>
    async ValueTask<long> NewestAsync(string index, CancellationToken cancellation)
    {
        var body = new JsonObject { ["size"] = 1, ["sort"] = ElasticQuery.Sort("desc", "received_at"), ["_source"] = false };
        var hits = (await client.SearchAsync(index, body, cancellation)).GetProperty("hits");
        return hits.GetArrayLength() == 0 ? long.MinValue : hits[0].GetProperty("sort")[0].GetInt64();
    }

    bool IsWritten(JsonElement index) =>
        index.GetProperty("aliases").GetProperty(Options.Hits).TryGetProperty("is_write_index", out var written) && written.GetBoolean();

    async ValueTask MakeIfMissingAsync(string index, JsonObject fields, CancellationToken cancellation)
    {
        if (await IsThereAsync(index, cancellation))
            return;
        await MakeAsync(index, new JsonObject
        {
            ["settings"] = new JsonObject { ["number_of_shards"] = 1, ["number_of_replicas"] = Options.Replicas },
            ["mappings"] = new JsonObject { ["dynamic"] = false, ["properties"] = fields },
        }, cancellation);
    }

    async ValueTask<bool> IsThereAsync(string path, CancellationToken cancellation)
    {
        var answer = await client.SendAsync(HttpMethod.Head, path, null, cancellation);
        return answer.Status != HttpStatusCode.NotFound && (answer.IsSuccess ? true : throw ElasticClient.Unavailable(answer));
    }

    async ValueTask MakeAsync(string index, JsonObject body, CancellationToken cancellation)
    {
        var answer = await client.SendAsync(HttpMethod.Put, index, body, cancellation);
        // Another process may have been quicker.
        if (!answer.IsSuccess && !await IsThereAsync(index, cancellation))
            throw ElasticClient.Unavailable(answer);
    }

    JsonObject Template() => new()
    {
        ["index_patterns"] = new JsonArray(Options.Hits + "-*"),
        ["priority"] = 300,
        ["template"] = new JsonObject
        {
            ["settings"] = new JsonObject
            {
                ["number_of_shards"] = Shards,
                ["number_of_replicas"] = Options.Replicas,
                // Told, because without it an index that nobody searched for a while is not refreshed until somebody does.
                ["refresh_interval"] = "1s",
            },
            ["mappings"] = new JsonObject { ["dynamic"] = false, ["properties"] = Fields() },
        },
    };

    static JsonObject Fields() => new()
    {
        ["hit_id"] = Field("keyword"),
        ["received_at"] = Field("date"),
        ["site"] = Field("integer"),
        ["partition"] = Field("integer"),
        ["offset"] = Field("long"),
        ["place"] = Field("integer"),
        ["visitor"] = Field("keyword"),
        ["refused"] = Field("keyword"),
        ["event_name"] = Field("keyword"),
        ["page_path"] = Field("keyword"),
        ["words"] = Field("keyword"),
    };

    static JsonObject Field(string type) => new() { ["type"] = type };
}
