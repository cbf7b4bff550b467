using System.Globalization;
using System.Text.Json;

namespace Footfall.Drill.Cluster;

/// <summary>The documents of Elasticsearch against what was sent: each hit that was acknowledged is there, each once, and nothing else is.</summary>
/// <param name="Documents">How many there are.</param>
/// <param name="Acknowledged">How many must be there.</param>
/// <param name="Unanswered">How many may be there: sent, and neither acknowledged nor refused.</param>
/// <param name="Wrong">Sentences.</param>
sealed record SearchAudit(long Documents, long Acknowledged, long Unanswered, IReadOnlyList<string> Wrong)
{
    public string Tell() => string.Create(CultureInfo.InvariantCulture,
        $"Elasticsearch: {Documents:N0} documents of {Acknowledged:N0} acknowledged hits and {Unanswered:N0} that were sent and not answered; {(Wrong.Count == 0 ? "each is there, and once" : "FAILED")}");

    /// <param name="sendings">Each event: how often it was sent, every time as a hit of its own, and how often that was acknowledged.</param>
    public static async Task<SearchAudit> TakeAsync(SearchDump dump, IReadOnlyCollection<(string Id, int Sent, int Acknowledged)> sendings)
    {
        var (ids, found, twice) = (new HashSet<string>(StringComparer.Ordinal), new Dictionary<string, int>(StringComparer.Ordinal), 0);
        await foreach (var (id, payload) in dump.DocumentsAsync())
        {
            twice += ids.Add(id) ? 0 : 1;
            var name = NameOf(payload);
            found[name] = found.GetValueOrDefault(name) + 1;
        }
        var wrong = new List<string>();
        if (twice > 0)
            wrong.Add($"Elasticsearch has {twice} documents twice.");
        var missing = sendings.Where(sent => found.GetValueOrDefault(sent.Id) < sent.Acknowledged).Select(sent => sent.Id).ToList();
        if (missing.Count > 0)
            wrong.Add($"Elasticsearch lacks hits of {missing.Count} events, such as {missing[0]}.");
        var surplus = sendings.Where(sent => found.GetValueOrDefault(sent.Id) > sent.Sent).Select(sent => sent.Id).ToList();
        if (surplus.Count > 0)
            wrong.Add($"Elasticsearch has more hits than were sent of {surplus.Count} events, such as {surplus[0]}.");
        var unknown = found.Keys.Except(sendings.Select(sent => sent.Id)).ToList();
        if (unknown.Count > 0)
            wrong.Add($"Elasticsearch has {unknown.Count} events that it must not have, such as {unknown[0]}.");
        return new SearchAudit(found.Values.Sum(count => (long)count), sendings.Sum(sent => (long)sent.Acknowledged), sendings.Sum(sent => (long)(sent.Sent - sent.Acknowledged)), wrong);
    }

    static string NameOf(string? payload)
    {
        using var sent = JsonDocument.Parse(payload ?? """{"props":{"id":"(no payload)"}}""");
        return sent.RootElement.GetProperty("props").GetProperty("id").GetString()!;
    }
}
