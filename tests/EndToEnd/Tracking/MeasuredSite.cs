using Microsoft.Playwright;

namespace Footfall.EndToEnd.Tracking;

/// <summary>A site with the tracker in its pages, a browser to visit it with, and the numbers that come of it.</summary>
sealed class MeasuredSite : IAsyncDisposable
{
    /// <summary>Room enough to scroll, and a link to every place a test goes.</summary>
    const string Body = """
        <h1>A page</h1>
        <a id="about" href="/about">About</a>
        <div style="height: 4000px"></div>
        <p id="end">The end</p>
        """;

    readonly FootfallServer _server;
    readonly PageServer _pages = new();

    MeasuredSite(FootfallServer server, string domain, Browser browser) => (_server, Domain, Browser) = (server, domain, browser);

    public string Domain { get; }

    public Browser Browser { get; }

    public FootfallApi Api => _server.Api;

    public static async Task<MeasuredSite> OpenAsync(SharedServer shared, object? settings = null, bool remembersPages = false) =>
        await OpenAsync(shared.Server, await shared.NewSiteAsync(settings), remembersPages);

    public static async Task<MeasuredSite> OpenAsync(FootfallServer server, string domain, bool remembersPages = false)
    {
        var site = new MeasuredSite(server, domain, await Needs.BrowserAsync(remembersPages, "--host-resolver-rules=MAP *.example 127.0.0.1"));
        site.Put("/");
        site.Put("/about");
        return site;
    }

    /// <summary>The address of a page, under the site's own name.</summary>
    public string At(string path) => $"http://{Domain}:{_pages.Port}{path}";

    /// <summary>The address of the same page under a name that browsers take for their own machine.</summary>
    public string LocallyAt(string path) => $"http://localhost:{_pages.Port}{path}";

    /// <summary>The one line of the installation.</summary>
    public string Snippet(string attributes = "") => $"""<script defer data-site="{Domain}" {attributes} src="{_server.Address}js/footfall.js"></script>""";

    /// <summary>A page with the tracker in it.</summary>
    public void Put(string path, string attributes = "", string body = Body, string head = "", string? title = null) =>
        PutPlain(path, $"<!doctype html><html><head><title>{title ?? "Page " + path}</title>{head}{Snippet(attributes)}</head><body>{body}</body></html>");

    public void PutPlain(string path, string text, string mediaType = "text/html") => _pages.Put(path, text, mediaType);

    /// <summary>Waits until a browser has asked for a path.</summary>
    public async Task AskedForAsync(string path)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!_pages.Asked.Contains(path))
            await Task.Delay(20, patience.Token);
    }

    /// <summary>A new person on a page of the site.</summary>
    public async Task<IPage> VisitAsync(string path, BrowserLook? look = null)
    {
        var page = await Browser.OpenAsync(look);
        await page.GotoAsync(At(path));
        return page;
    }

    /// <summary>Waits until so many events of a name have been counted, and no longer: whether there come more, a later event shows.</summary>
    public async Task<IReadOnlyList<ReportRow>> EventsAsync(string name, int count, params string[] dimensions)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            var report = await Api.ReportAsync(Domain, ["events", "engagement_time"], ["event", .. dimensions]);
            var found = report.Rows.Where(row => row.Dimensions[0] == name).ToList();
            var counted = found.Sum(row => row.Metric("events"));
            if (counted >= count)
            {
                Assert.Equal(count, counted);
                return found;
            }
            if (patience.IsCancellationRequested)
                Assert.Fail($"Of {count} events called {name}, {counted} were counted. All: {string.Join("; ", report.Rows.Select(row => $"{string.Join(' ', row.Dimensions)} {row.Metric("events")}"))}");
            await Task.Delay(50, CancellationToken.None);
        }
    }

    /// <summary>The pages that were viewed, once there are so many, each as often as it was viewed, by name.</summary>
    public async Task<IReadOnlyList<string>> ViewsAsync(int count, string dimension = "page") =>
        [.. (await EventsAsync("pageview", count, dimension)).SelectMany(row => Enumerable.Repeat(row.Dimensions[1], (int)row.Metric("events"))).Order(StringComparer.Ordinal)];

    /// <summary>Everything the server accepted is in the numbers afterwards, and nothing was sent twice and counted twice.</summary>
    public async Task<double> TotalAsync(string metric) => (await Api.ReportAsync(Domain, [metric])).Rows.Single().Metric(metric);

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        await _pages.DisposeAsync();
    }
}
