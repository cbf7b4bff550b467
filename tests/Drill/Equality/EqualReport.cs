using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Footfall.Drill.Cluster;

namespace Footfall.Drill.Equality;

/// <summary>
/// The same hits into a cluster and into one embedded process, then the whole report of the site from both: it must be the same to the byte. Left out is
/// what by definition differs: when what was received is complete, hours of receipt, and what happens now.
/// </summary>
static partial class EqualReport
{
    const int Seed = 1;

    static readonly string[] Collectors = ["collector1", "collector2"];
    static readonly string[] Reporters = ["reporter1", "reporter2"];

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>How many differences are told.</summary>
    const int ToldMax = 5;

    /// <returns>The figures, in a sentence.</returns>
    /// <exception cref="InvalidOperationException">An answer differs; the message says which and where.</exception>
    public static async Task<string> CompareAsync(ClusterProcess cluster)
    {
        var began = Stopwatch.GetTimestamp();
        var now = TimeProvider.System.GetUtcNow();
        var (requests, events) = EqualHits.Make(Seed, now);
        await using var embedded = await FootfallServer.StartAsync();
        await embedded.Api.AddSiteAsync(EqualHits.Site, timeZone: EqualHits.TimeZone);
        using (var web = new FootfallApi(await cluster.ClientAsync("web")))
            await web.AddSiteAsync(EqualHits.Site, timeZone: EqualHits.TimeZone);
        var reporters = await Task.WhenAll(Reporters.Select(cluster.ClientAsync));
        var collectors = await Task.WhenAll(Collectors.Select(cluster.ClientAsync));
        try
        {
            await SendAsync(requests, [embedded.Api.Http]);
            await SendAsync(requests, collectors);
            foreach (var reader in (HttpClient[])[embedded.Api.Http, .. reporters])
                await AwaitAsync(reader, events);
            var (answers, bytes, differences) = await CompareAsync(embedded.Api.Http, reporters, now);
            return differences.Count == 0
                ? string.Create(CultureInfo.InvariantCulture, $"{events:N0} events, {answers:N0} answers of {bytes / 1e6:N1} MB, from one process and from a cluster the same to the byte but for complete_until; {Stopwatch.GetElapsedTime(began).TotalSeconds:N0} s")
                : throw new InvalidOperationException($"{differences.Count} of {answers} answers of the cluster differ from those of one process:\n{string.Join('\n', differences.Take(ToldMax))}");
        }
        finally
        {
            foreach (var client in (HttpClient[])[.. reporters, .. collectors])
                client.Dispose();
        }
    }

    /// <summary>One after the other, to each collector in turn: what came first is then the same everywhere.</summary>
    static async Task SendAsync(IReadOnlyList<string> requests, HttpClient[] collectors)
    {
        foreach (var (number, request) in requests.Index())
        {
            using var late = new CancellationTokenSource(Patience);
            while (!await TrySendAsync(collectors[number % collectors.Length], request))
                await Task.Delay(200, late.Token);
        }
    }

    /// <returns>False when the collector has not heard of the site yet, or cannot take events now: then nothing was taken.</returns>
    static async Task<bool> TrySendAsync(HttpClient collector, string request)
    {
        using var api = new StringContent(request, System.Text.Encoding.UTF8, "application/json");
        using var answer = await collector.PostAsync("/api/v1/events", api);
        if (answer.IsSuccessStatusCode)
            return true;
        var said = await answer.Content.ReadAsStringAsync();
        return said.Contains(EqualHits.Site, StringComparison.Ordinal) || (int)answer.StatusCode == 503
            ? false
            : throw new InvalidOperationException($"The hits of the equal report were answered {(int)answer.StatusCode}: {said}");
    }

    /// <summary>Until every event has come to an outcome in the numbers.</summary>
    static async Task AwaitAsync(HttpClient reader, int events)
    {
        using var late = new CancellationTokenSource(Patience);
        while (LedgerCounts.Parse(JsonDocument.Parse(await LedgerAsync(reader)).RootElement).Accepted < events)
            await Task.Delay(100, late.Token);
    }

    static async Task<(int Answers, long Bytes, List<string> Differences)> CompareAsync(HttpClient embedded, HttpClient[] reporters, DateTimeOffset now)
    {
        var differences = new List<string>();
        var (answers, bytes) = (0, 0L);
        foreach (var (name, askAsync) in Questions(JsonDocument.Parse(await embedded.GetStringAsync("/openapi/v1.json")).RootElement, now))
        {
            var expected = await askAsync(embedded);
            bytes += expected.Length;
            var found = await askAsync(reporters[answers++ % reporters.Length]);
            if (found != expected)
                differences.Add($"{name}: {Apart(expected, found)}");
        }
        return (answers, bytes, differences);
    }

    static IEnumerable<(string Name, Func<HttpClient, Task<string>> AskAsync)> Questions(JsonElement description, DateTimeOffset now)
    {
        yield return ("what became of the hits", LedgerAsync);
        foreach (var (number, question) in EqualQuestions.Of(description, now).Index())
        {
            var text = FootfallApi.ToJson(question);
            yield return (text, client => ReportAsync(client, text, "json"));
            // Written from the same answers, so a few of each kind will do.
            if (number % 5 == 0)
                yield return ("as CSV, " + text, client => ReportAsync(client, text, "csv"));
        }
    }

    static async Task<string> ReportAsync(HttpClient client, string question, string format)
    {
        using var asked = new StringContent(question, System.Text.Encoding.UTF8, "application/json");
        return CompleteUntil().Replace(await TextAsync(client.PostAsync($"/api/v1/sites/{EqualHits.Site}/reports?format={format}", asked)), "");
    }

    /// <summary>The totals: its hours are those of receipt, which are each server's own.</summary>
    static async Task<string> LedgerAsync(HttpClient client) =>
        JsonDocument.Parse(await TextAsync(client.GetAsync($"/api/v1/sites/{EqualHits.Site}/ledger"))).RootElement.GetProperty("totals").GetRawText();

    static async Task<string> TextAsync(Task<HttpResponseMessage> asking)
    {
        using var answer = await asking;
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? text : throw new InvalidOperationException($"{answer.RequestMessage!.RequestUri} was answered {(int)answer.StatusCode}: {text}");
    }

    /// <summary>Where two texts begin to differ.</summary>
    static string Apart(string expected, string found)
    {
        var at = expected.AsSpan().CommonPrefixLength(found);
        return $"at {at}, one process has …{Around(expected, at)}… and the cluster …{Around(found, at)}…";
    }

    static string Around(string text, int at) => text[Math.Max(0, at - 60)..Math.Min(text.Length, at + 60)];

    /// <summary>When what was received is complete is by definition each installation's own.</summary>
    [GeneratedRegex("\"complete_until\":(\"[^\"]*\"|null),", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex CompleteUntil();
}
