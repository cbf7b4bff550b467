using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using DuckDB.NET.Data;
using Footfall.Bench.Results;
using Microsoft.Playwright;

namespace Footfall.Bench.Benchmarks;

/// <summary>How much script stands before the first chart, and how long a person waits for it on a site of many events: at first and again, on a fast and on a slow machine.</summary>
static partial class DashboardBenchmark
{
    const int Turns = 5;
    const int MostScript = 200_000;
    const int SlowFactor = 6;
    const string Page = "/sites/shop.example?from=2026-03-04&to=2026-03-31";

    /// <summary>Set down in the page before anything of it runs: the moments at which its parts are there, by the clock that starts with the click.</summary>
    const string Watch = """
        window.moments = {}
        const there = {
          numbers: () => document.querySelector('[data-testid=top-visitors]')?.textContent,
          chart: () => document.querySelector('[data-testid=line]')?.getAttribute('d'),
          lists: () => ['sources', 'pages'].every(id => document.querySelector(`[data-panel=${id}] .rank-row`)),
        }
        const look = () => {
          for (const [name, is] of Object.entries(there)) if (!(name in moments) && is()) moments[name] = performance.now()
          if (Object.keys(moments).length < 3) requestAnimationFrame(look)
        }
        requestAnimationFrame(look)
        """;

    const string All = "() => new Promise(done => { const wait = () => Object.keys(moments).length === 3 ? done(moments) : setTimeout(wait, 10); wait() })";

    const string Script = """
        () => performance.getEntriesByType('resource').filter(entry => entry.name.endsWith('.js') && entry.startTime < moments.chart)
          .reduce((sum, entry) => sum + entry.encodedBodySize, 0)
        """;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var events = arguments.Length > 0 ? long.Parse(arguments[0], CultureInfo.InvariantCulture) : 10_000_000;
        await using var server = await FilledAsync(events);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox", "--disable-gpu"] });
        var cookies = await SignUpAsync(server, browser);
        var result = new ResultFile(
            "dashboard", "The dashboard",
            $"A month of a site, of {ResultFile.Number(events)} events in three months, compared with the month before, opened in Chromium on the server's own machine; "
            + $"medians of {Turns}. At first nothing is in the browser's cache, but the reports have been asked once; again is the same page opened a second time. "
            + "Run with `bench/run dashboard`.");
        result.Columns("processor", "", "numbers", "chart", "first lists");
        double script = 0;
        foreach (var slower in (int[])[1, SlowFactor])
        {
            var (first, again) = (new List<Moments>(), new List<Moments>());
            for (var turn = 0; turn <= Turns; turn++)
            {
                var page = await OpenAsync(browser);
                await page.Context.AddCookiesAsync(cookies);
                var cold = await OpenAsync(server, page, slower);
                script = await page.EvaluateAsync<double>(Script);
                var warm = await OpenAsync(server, page, slower);
                await page.Context.CloseAsync();
                if (turn == 0)
                    continue;
                first.Add(cold);
                again.Add(warm);
            }
            var name = slower == 1 ? "as it is" : $"{slower} times slower";
            Row(result, name, "at first", first);
            Row(result, name, "again", again);
        }
        result.Paragraph($"Script before the first chart: {ResultFile.Number(script / 1000, 1)} kB as sent, of {MostScript / 1000} kB allowed.");
        var code = result.Save();
        return script is > 0 and <= MostScript ? code : 1;
    }

    static void Row(ResultFile result, string name, string when, List<Moments> moments) => result.Row(
        name, when, Median(moments, one => one.Numbers), Median(moments, one => one.Chart), Median(moments, one => one.Lists));

    static string Median(List<Moments> moments, Func<Moments, double> of) => ResultFile.Number(ResultFile.Median(moments.Select(of))) + " ms";

    static async Task<IPage> OpenAsync(IBrowser browser) =>
        await (await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1280, Height = 900 } })).NewPageAsync();

    static async Task<Moments> OpenAsync(FootfallServer server, IPage page, int slower)
    {
        await page.AddInitScriptAsync(Watch);
        var tools = await page.Context.NewCDPSessionAsync(page);
        await tools.SendAsync("Emulation.setCPUThrottlingRate", new Dictionary<string, object> { ["rate"] = slower });
        await page.GotoAsync(new Uri(server.Address, Page).AbsoluteUri);
        var seen = await page.EvaluateAsync<JsonElement>(All);
        return new Moments(seen.GetProperty("numbers").GetDouble(), seen.GetProperty("chart").GetDouble(), seen.GetProperty("lists").GetDouble());
    }

    static async Task<IEnumerable<Cookie>> SignUpAsync(FootfallServer server, IBrowser browser)
    {
        var page = await OpenAsync(browser);
        var token = SignUpLink().Match(server.Output).Groups[1].Value;
        var answer = await page.APIRequest.PostAsync(new Uri(server.Address, "/api/v1/signup").AbsoluteUri, new()
        {
            DataObject = new { token, account = "Bench", name = "Bench", email = "bench@example.com", password = "a few words to remember" },
        });
        if (!answer.Ok)
            throw new InvalidDataException($"Signing up was answered {answer.Status}: {await answer.TextAsync()}");
        var cookies = await page.Context.CookiesAsync();
        await page.Context.CloseAsync();
        return [.. cookies.Select(cookie => new Cookie { Name = cookie.Name, Value = cookie.Value, Url = server.Address.AbsoluteUri })];
    }

    /// <summary>A server whose warehouse has been filled while it was not running.</summary>
    static async Task<FootfallServer> FilledAsync(long events)
    {
        var server = await FootfallServer.StartAsync();
        await server.Api.AddSiteAsync("shop.example", timeZone: "Europe/Berlin");
        await server.StopAsync(TimeSpan.FromSeconds(30));
        var file = Path.Combine(server.Data, "warehouse.duckdb");
        File.Delete(file);
        using (var connection = new DuckDBConnection($"Data Source={file}"))
        {
            connection.Open();
            ReportBench.Fill(connection, events);
        }
        await server.StartAgainAsync();
        return server;
    }

    [GeneratedRegex(@"/signup\?token=([\w-]+)")]
    private static partial Regex SignUpLink();

    /// <summary>When the parts of a page were there, in milliseconds after it was asked for.</summary>
    readonly record struct Moments(double Numbers, double Chart, double Lists);
}
