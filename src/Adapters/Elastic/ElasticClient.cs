using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Footfall.Core.Search;

namespace Footfall.Adapters.Elastic;

/// <summary>What all who speak with Elasticsearch have in common: JSON there and back, and what cannot be answered as one exception.</summary>
sealed class ElasticClient(HttpNodes nodes, ElasticOptions options)
{
    const string Json = "application/json";

    static readonly TimeSpan Within = TimeSpan.FromSeconds(20);

    public ElasticOptions Options => options;

    /// <summary>An answer that is none of an error.</summary>
    /// <param name="body">Null for none.</param>
    public async ValueTask<JsonElement> AskAsync(HttpMethod method, string path, JsonNode? body, CancellationToken cancellation)
    {
        var answer = await SendAsync(method, path, body, cancellation);
        return answer.IsSuccess ? answer.Json() : throw Unavailable(answer);
    }

    public ValueTask<HttpAnswer> SendAsync(HttpMethod method, string path, JsonNode? body, CancellationToken cancellation) =>
        nodes.SendAsync(method, path, body is null ? default : JsonSerializer.SerializeToUtf8Bytes(body), Json, Within, cancellation);

    /// <summary>Many actions at once, as lines.</summary>
    public ValueTask<HttpAnswer> BulkAsync(string query, ReadOnlyMemory<byte> lines, CancellationToken cancellation) =>
        nodes.SendAsync(HttpMethod.Post, "_bulk" + query, lines, "application/x-ndjson", Within, cancellation);

    /// <summary>Either all of some actions are done, or it throws.</summary>
    public async ValueTask ChangeAsync(IEnumerable<JsonNode> lines, CancellationToken cancellation)
    {
        var body = string.Concat(lines.Select(line => line.ToJsonString() + "\n"));
        var answer = await BulkAsync("", Encoding.UTF8.GetBytes(body), cancellation);
        if (!answer.IsSuccess)
            throw Unavailable(answer);
        if (answer.Json().GetProperty("errors").GetBoolean())
            throw new HitSearchUnavailableException("not everything could be changed: " + answer.Said);
    }

    /// <summary>The line before a document in a request of many, or all there is to a deletion.</summary>
    public static JsonObject Action(string name, string index, string id) => new() { [name] = new JsonObject { ["_index"] = index, ["_id"] = id } };

    /// <summary>Searches, and takes no part of an answer for the whole.</summary>
    public async ValueTask<JsonElement> SearchAsync(string index, JsonNode body, CancellationToken cancellation)
    {
        var answer = await AskAsync(HttpMethod.Post, $"{index}/_search?ignore_unavailable=true&allow_partial_search_results=false", body, cancellation);
        return answer.GetProperty("hits");
    }

    public static HitSearchUnavailableException Unavailable(HttpAnswer answer) => new(answer.Said);
}
