using System.Globalization;
using System.Text.Json;

namespace Footfall.EndToEnd.Archiving;

public sealed class RawArchive : IDisposable
{
    const string Site = "raw.example";
    const string Other = "other.example";
    const int Users = 20;

    static readonly ServerOptions SealsSoon = new() { Environment = new Dictionary<string, string> { ["FOOTFALL_ARCHIVE_SEAL_SECONDS"] = "1" } };

    readonly string _folder = Directory.CreateTempSubdirectory("footfall-raw-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    static string EventsOf(string site, int from, int count) => "[" + string.Join(',', Enumerable.Range(from, count).Select(number => FootfallApi.ToJson(new
    {
        Site = site,
        Name = "pageview",
        Url = $"https://{site}/p/{number}",
        EventId = $"{site}-{number}",
        UserId = $"user-{number % Users}",
    }))) + "]";

    static async Task SendAsync(FootfallServer server, string site, int from, int count)
    {
        for (var sent = 0; sent < count; sent += 20)
        {
            using var answer = await server.Api.SendAsync(EventsOf(site, from + sent, Math.Min(20, count - sent)));
            Assert.True(answer.IsSuccessStatusCode);
        }
    }

    /// <summary>Two sites with their hits sealed, all but some.</summary>
    static async Task<FootfallServer> FilledAsync()
    {
        var server = await FootfallServer.StartAsync(SealsSoon);
        await server.Api.AddSiteAsync(Site);
        await server.Api.AddSiteAsync(Other);
        await SendAsync(server, Site, 0, 200);
        await SendAsync(server, Other, 0, 100);
        await SealedAsync(server);
        await SendAsync(server, Site, 200, 40);
        await server.Api.SettledLedgerAsync(Site);
        return server;
    }

    static async Task SealedAsync(FootfallServer server)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await ArchiveAsync(server)).GetProperty("lag_bytes").GetInt64() > 0)
            await Task.Delay(50, patience.Token);
    }

    static async Task<JsonElement> ArchiveAsync(FootfallServer server) => await server.Api.Http.GetFromJsonAsync<JsonElement>("/api/v1/archive");

    static async Task<Dictionary<string, long>> NumbersAsync(FootfallServer server, string site)
    {
        await server.Api.SettledLedgerAsync(site);
        var report = await server.Api.ReportAsync(site, ["pageviews", "visitors", "visits"], "page");
        return report.Rows.SelectMany(row => row.Metrics.Select(metric => (Key: $"{row.Dimensions[0]} {metric.Key}", Value: (long)metric.Value))).ToDictionary(pair => pair.Key, pair => pair.Value);
    }

    static async Task<List<JsonElement>> HitsAsync(FootfallServer server, string query)
    {
        var text = await server.Api.Http.GetStringAsync("/api/v1/hits?" + query);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    static async Task ForgetWarehouseAsync(FootfallServer server)
    {
        await server.StopAsync(TimeSpan.FromSeconds(10));
        foreach (var file in Directory.GetFiles(server.Data, "warehouse.duckdb*"))
            File.Delete(file);
        await server.StartAgainAsync();
    }

    static async Task<JsonElement> ErasedAsync(FootfallServer server, object request)
    {
        using var answer = await server.Api.Http.PostAsJsonAsync("/api/v1/erasures", request);
        Assert.Equal(202, (int)answer.StatusCode);
        var id = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        return await DoneAsync(server, id!);
    }

    static async Task<JsonElement> DoneAsync(FootfallServer server, string id)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var erasure = await server.Api.Http.GetFromJsonAsync<JsonElement>("/api/v1/erasures/" + id, patience.Token);
            if (erasure.GetProperty("state").GetString() == "done")
                return erasure;
            await Task.Delay(50, patience.Token);
        }
    }

    static bool Holds(string folder, string text) =>
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Any(file => File.ReadAllText(file, System.Text.Encoding.Latin1).Contains(text, StringComparison.Ordinal));

    [Fact]
    public async Task A_warehouse_that_is_lost_is_made_again_from_archive_and_log()
    {
        await using var server = await FilledAsync();
        var before = await NumbersAsync(server, Site);
        Assert.NotEmpty((await ArchiveAsync(server)).GetProperty("segments").EnumerateArray());
        await ForgetWarehouseAsync(server);
        Assert.Equal(before, await NumbersAsync(server, Site));
    }

    [Fact]
    public async Task Somebody_who_is_forgotten_is_gone_everywhere_and_nobody_else_is()
    {
        await using var server = await FilledAsync();
        var (before, other) = (await NumbersAsync(server, Site), await NumbersAsync(server, Other));
        var erasure = await ErasedAsync(server, new { site = Site, user = "user-7" });
        var receipt = erasure.GetProperty("receipt");
        Assert.Equal(12, receipt.GetProperty("hits").GetInt64());
        Assert.Equal(12, receipt.GetProperty("events").GetInt64());
        Assert.True(erasure.GetProperty("is_genuine").GetBoolean());
        Assert.All(receipt.GetProperty("segments").EnumerateArray(), segment =>
            Assert.NotEqual(segment.GetProperty("before").GetString(), segment.GetProperty("after").GetString()));

        var expected = before.Where(pair => int.Parse(pair.Key.Split(' ')[0][3..], CultureInfo.InvariantCulture) % Users != 7).ToDictionary();
        Assert.Equal(expected, await NumbersAsync(server, Site));
        Assert.Equal(other, await NumbersAsync(server, Other));
        Assert.Empty(await HitsAsync(server, $"site={Site}&user=user-7"));
        Assert.NotEmpty(await HitsAsync(server, $"site={Other}&user=user-7"));
        Assert.False(Holds(Path.Combine(server.Data, "log"), $"{Site}-7\""));
        Assert.True((await server.Api.LedgerAsync(Site)).Totals.Balances);

        await ForgetWarehouseAsync(server);
        Assert.Equal(expected, await NumbersAsync(server, Site));
        Assert.Equal(other, await NumbersAsync(server, Other));
        var ledger = await server.Api.SettledLedgerAsync(Site);
        Assert.Equal((240, 228, 12), (ledger.Totals.Accepted, ledger.Totals.Counted, ledger.Totals.Refused["erased"]));
    }

    [Fact]
    public async Task A_site_that_is_removed_is_erased()
    {
        await using var server = await FilledAsync();
        var other = await NumbersAsync(server, Other);
        (await server.Api.Http.DeleteAsync("/api/v1/sites/" + Site)).EnsureSuccessStatusCode();
        var id = (await server.Api.Http.GetFromJsonAsync<JsonElement>("/api/v1/erasures")).GetProperty("erasures")[0].GetProperty("id").GetString();
        Assert.Equal(240, (await DoneAsync(server, id!)).GetProperty("receipt").GetProperty("hits").GetInt64());
        Assert.DoesNotContain(await HitsAsync(server, ""), hit => hit.TryGetProperty("payload", out var payload) && payload.GetProperty("site").GetString() == Site);
        Assert.False(Holds(Path.Combine(server.Data, "log"), Site));
        await ForgetWarehouseAsync(server);
        Assert.Equal(other, await NumbersAsync(server, Other));
    }

    [Fact]
    public async Task An_erasure_that_a_kill_interrupts_is_finished_at_the_next_start()
    {
        await using var server = await FilledAsync();
        using var answer = await server.Api.Http.PostAsJsonAsync("/api/v1/erasures", new { site = Site, user = "user-3" });
        var id = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        server.Kill();
        await server.StartAgainAsync();
        await DoneAsync(server, id!);
        Assert.Empty(await HitsAsync(server, $"site={Site}&user=user-3"));
        Assert.DoesNotContain("/p/3 pageviews", (await NumbersAsync(server, Site)).Keys);
    }

    [Fact]
    public async Task A_flipped_bit_is_found_by_verify_with_the_hits_that_it_hurts()
    {
        await using var server = await FilledAsync();
        var (code, said, error) = await ServerProcess.RunAsync(new ServerOptions(), "archive", "verify", "--data", server.Data);
        Assert.True(code == 0, said + error);
        await server.StopAsync(TimeSpan.FromSeconds(10));
        var file = Directory.GetFiles(Path.Combine(server.Data, "archive"), "*.segment").MaxBy(path => new FileInfo(path).Length)!;
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[200] ^= 16;
        await File.WriteAllBytesAsync(file, bytes);
        await server.StartAgainAsync();
        (code, said, _) = await ServerProcess.RunAsync(new ServerOptions(), "archive", "verify", "--data", server.Data);
        Assert.Equal(1, code);
        Assert.Contains("fails its checksum; it hurts", said, StringComparison.Ordinal);
        Assert.Contains("site 1", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_about_a_user_comes_out_in_one_file()
    {
        await using var server = await FilledAsync();
        var file = Path.Combine(_folder, "person.jsonl");
        var (code, said, error) = await ServerProcess.RunAsync(new ServerOptions(), "archive", "export", file, "--site", Site, "--user", "user-5", "--data", server.Data);
        Assert.True(code == 0, said + error);
        var lines = await File.ReadAllLinesAsync(file);
        Assert.Equal(12, lines.Length);
        Assert.All(lines, line => Assert.Equal("user-5", JsonDocument.Parse(line).RootElement.GetProperty("payload").GetProperty("user_id").GetString()));
    }

    [Fact]
    public async Task A_backup_of_an_archived_history_restores_to_the_same_numbers_and_to_a_time()
    {
        await using var server = await FilledAsync();
        var middle = DateTimeOffset.UtcNow;
        await Task.Delay(20);
        await ErasedAsync(server, new { site = Other, user = "user-1" });
        await SendAsync(server, Site, 240, 20);
        await SealedAsync(server);
        var before = await NumbersAsync(server, Site);
        var kept = Path.Combine(_folder, "kept");
        var (code, said, error) = await ServerProcess.RunAsync(new ServerOptions(), "backup", "create", kept, "--data", server.Data);
        Assert.True(code == 0, said + error);
        (code, said, error) = await ServerProcess.RunAsync(new ServerOptions(), "backup", "verify", kept);
        Assert.True(code == 0, said + error);

        var whole = Path.Combine(_folder, "whole");
        (code, said, error) = await ServerProcess.RunAsync(new ServerOptions(), "backup", "restore", kept, "--to", whole);
        Assert.True(code == 0, said + error);
        await using (var restored = await FootfallServer.StartAsync(SealsSoon with { Data = whole }))
            Assert.Equal(before, await NumbersAsync(restored, Site));

        var earlier = Path.Combine(_folder, "earlier");
        (code, said, error) = await ServerProcess.RunAsync(
            new ServerOptions(), "backup", "restore", kept, "--to", earlier, "--at", middle.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        Assert.True(code == 0, said + error);
        await using var cut = await FootfallServer.StartAsync(SealsSoon with { Data = earlier });
        Assert.Equal(240, (await cut.Api.SettledLedgerAsync(Site)).Totals.Counted);
        await SendAsync(cut, Site, 1000, 20);
        Assert.Equal(260, (await cut.Api.SettledLedgerAsync(Site)).Totals.Counted);
    }
}
