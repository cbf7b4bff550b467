using System.Net;
using System.Text;
using System.Text.Json;

namespace Footfall.EndToEnd.Harness;

/// <summary>The HTTP API, as far as the tests and the benchmarks speak it.</summary>
public sealed class FootfallApi(HttpClient http) : IDisposable
{
    static readonly JsonSerializerOptions Snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    const int RowsPerPage = 10_000;

    public HttpClient Http => http;

    /// <returns>The id of the site.</returns>
    public async Task<int> AddSiteAsync(string domain, object? settings = null, string timeZone = "UTC")
    {
        using var answer = await http.PostAsJsonAsync(
            "/api/v1/sites", new { domains = new[] { domain }, time_zone = timeZone, currency = "EUR", settings = settings ?? new { } });
        var text = await answer.Content.ReadAsStringAsync();
        if (answer.StatusCode != HttpStatusCode.Created)
            throw new InvalidOperationException($"The site {domain} was answered {(int)answer.StatusCode}: {text}");
        using var made = JsonDocument.Parse(text);
        return made.RootElement.GetProperty("id").GetInt32();
    }

    /// <summary>Every row of a report over everything, asked for page by page.</summary>
    public async Task<ReportAnswer> ReportAsync(string site, IReadOnlyList<string> metrics, params string[] dimensions)
    {
        var whole = await ReportPageAsync(site, metrics, dimensions, offset: 0);
        var rows = whole.Rows.ToList();
        for (var page = whole; page.Rows.Count == RowsPerPage; rows.AddRange(page.Rows))
            page = await ReportPageAsync(site, metrics, dimensions, rows.Count);
        return whole with { Rows = rows };
    }

    async Task<ReportAnswer> ReportPageAsync(string site, IReadOnlyList<string> metrics, string[] dimensions, int offset)
    {
        using var answer = await http.PostAsJsonAsync(
            $"/api/v1/sites/{site}/reports", new { metrics, dimensions, from = "all", limit = RowsPerPage, offset });
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? ReportAnswer.Parse(text, metrics, dimensions)
            : throw new InvalidOperationException($"The report was answered {(int)answer.StatusCode}: {text}");
    }

    /// <summary>The total of one metric over everything.</summary>
    public async Task<long> TotalAsync(string site, string metric)
    {
        var report = await ReportAsync(site, [metric]);
        return report.Rows.Count == 0 ? 0 : (long)report.Rows[0].Metric(metric);
    }

    public async Task<LedgerAnswer> LedgerAsync(string site)
    {
        using var ledger = JsonDocument.Parse(await http.GetStringAsync($"/api/v1/sites/{site}/ledger"));
        return LedgerAnswer.Parse(ledger.RootElement);
    }

    /// <summary>The ledger once everything acknowledged before the call is worked off.</summary>
    public async Task<LedgerAnswer> SettledLedgerAsync(string site)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while ((await LedgerAsync(site)).Pending > 0)
            await Task.Delay(50, patience.Token);
        // Asked once more: the first answer may have counted before it looked at what was pending.
        return await LedgerAsync(site);
    }

    /// <summary>What the process says about itself.</summary>
    public async Task<JsonElement> StatusAsync() => await http.GetFromJsonAsync<JsonElement>("/api/v1/status");

    public Task<HttpResponseMessage> SendAsync(string events, string mediaType = "application/json") =>
        http.PostAsync("/api/v1/events", new StringContent(events, Encoding.UTF8, mediaType));

    public static string ToJson(object value) => JsonSerializer.Serialize(value, Snake);

    public void Dispose() => http.Dispose();
}
