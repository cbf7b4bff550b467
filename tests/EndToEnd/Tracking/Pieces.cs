using System.Text.Json;

namespace Footfall.EndToEnd.Tracking;

/// <summary>What the tracker counts when it is asked to, each from a file of its own.</summary>
public sealed class Pieces(SharedServer shared)
{
    [Fact]
    public async Task Links_that_lead_away_count_and_those_that_stay_do_not()
    {
        await using var site = await MeasuredSite.OpenAsync(shared);
        site.Put("/", "data-with=outbound", """
            <a id="away" href="http://partner.example/offer?id=1"><b>Away</b></a> <a id="new" target="_blank" href="http://other.example/">New</a>
            <a id="mail" href="mailto:a@b.example">Mail</a> <a id="about" href="/about">About</a>
            """);
        var page = await LoadedAsync(site, "outbound");
        await page.ClickAsync("#new");
        await page.ClickAsync("#mail");
        await page.ClickAsync("#about");
        await page.GoBackAsync();
        await page.ClickAsync("#away b");
        var rows = await site.EventsAsync("outbound", 2, "prop:host", "prop:url");
        Assert.Equal(["other.example http://other.example/", "partner.example http://partner.example/offer?id=1"],
            rows.Select(row => $"{row.Dimensions[1]} {row.Dimensions[2]}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Files_that_are_fetched_count()
    {
        await using var site = await MeasuredSite.OpenAsync(shared);
        site.PutPlain("/files/Price%20list.PDF", "a file", "text/plain");
        site.Put("/", "data-with=downloads", """<a id="file" href="/files/Price%20list.PDF?v=2">List</a><a id="about" href="/about">About</a>""");
        var page = await LoadedAsync(site, "downloads");
        await page.ClickAsync("#about");
        await page.GoBackAsync();
        await page.ClickAsync("#file");
        var row = Assert.Single(await site.EventsAsync("download", 1, "prop:file", "prop:extension"));
        Assert.Equal(["Price%20list.PDF", "pdf"], row.Dimensions.Skip(1));
    }

    [Fact]
    public async Task Forms_that_are_sent_count_and_what_is_written_into_them_stays_there()
    {
        await using var site = await MeasuredSite.OpenAsync(shared);
        site.Put("/", "data-with=forms", """
            <form id="letter" action="/about" method="get"><input name="email" required><input id="action" name="action"><button>Send</button></form>
            """);
        var page = await LoadedAsync(site, "forms");
        await page.ClickAsync("button");
        await page.FillAsync("[name=email]", "secret@person.example");
        await page.ClickAsync("button");
        var row = Assert.Single(await site.EventsAsync("form_submit", 1, "prop:form", "prop:action"));
        Assert.Equal(["letter", "/about"], row.Dimensions.Skip(1));
    }

    [Fact]
    public async Task Pages_that_are_not_there_count_as_errors_and_do_not_engage()
    {
        await using var site = await MeasuredSite.OpenAsync(shared);
        site.Put("/404", "data-with=errors");
        await site.VisitAsync("/no/such/page");
        var row = Assert.Single(await site.EventsAsync("error", 1, "prop:status", "prop:path"));
        Assert.Equal(["404", "/no/such/page"], row.Dimensions.Skip(1));
        Assert.Equal(1, await site.TotalAsync("single_page_rate"));
    }

    [Fact]
    public async Task Tagged_elements_count_under_the_name_they_bear()
    {
        await using var site = await MeasuredSite.OpenAsync(shared);
        site.Put("/", "data-with=tagged", """
            <button id="one" data-footfall-event="Sign up" data-footfall-plan="pro"><i>Go</i></button>
            <a id="two" href="#" class="big footfall-event=Sign+up footfall-plan=team">Go</a>
            <form data-footfall-event="Sign up" data-footfall-plan="form" onsubmit="return false"><button id="three">Send</button><input id="field"></form>
            <button id="none">Nothing</button>
            """);
        var page = await LoadedAsync(site, "tagged");
        foreach (var id in "none,field,one,two,three".Split(','))
            await page.ClickAsync(id == "one" ? "#one i" : "#" + id);
        var rows = await site.EventsAsync("Sign up", 3, "prop:plan");
        Assert.Equal(["form", "pro", "team"], rows.Select(row => row.Dimensions[1]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_pages_own_speed_is_told_once_and_does_not_engage()
    {
        await using var site = await MeasuredSite.OpenAsync(shared);
        site.Put("/", "data-with=vitals", "<h1>A page with something to paint</h1><button onclick=\"for (const began = performance.now(); performance.now() - began < 120;);\">Click</button>");
        var page = await LoadedAsync(site, "vitals");
        await page.ClickAsync("button");
        await page.WaitForTimeoutAsync(300);
        await page.GotoAsync("about:blank");
        var row = Assert.Single(await site.EventsAsync("web_vitals", 1, "prop:lcp", "prop:cls", "prop:inp"));
        Assert.All(row.Dimensions.Skip(1), value => Assert.True(double.Parse(value) >= 0, value));
        Assert.Equal(1, await site.TotalAsync("single_page_rate"));
    }

    [Fact]
    public async Task Several_are_loaded_by_naming_several()
    {
        await using var site = await MeasuredSite.OpenAsync(shared);
        site.Put("/", "data-with=\"outbound downloads\"", """<a id="both" href="http://partner.example/list.csv">List</a>""");
        var page = await LoadedAsync(site, "outbound", "downloads");
        await page.ClickAsync("#both");
        await site.EventsAsync("outbound", 1);
        await site.EventsAsync("download", 1);
    }

    static async Task<Microsoft.Playwright.IPage> LoadedAsync(MeasuredSite site, params string[] pieces)
    {
        var page = await site.VisitAsync("/");
        await page.WaitForFunctionAsync(
            "names => names.every(name => performance.getEntriesByType('resource').some(file => file.name.endsWith(`footfall.${name}.js`) && file.responseEnd))", pieces);
        // The file is there; its script runs in a task after it.
        await page.EvaluateAsync<JsonElement?>("new Promise(done => setTimeout(done, 50))");
        return page;
    }
}
