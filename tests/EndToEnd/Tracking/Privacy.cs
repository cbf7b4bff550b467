namespace Footfall.EndToEnd.Tracking;

/// <summary>Who is not to be counted is not, and nothing of it leaves the browser. Each test ends with an event that does count, so that its silence means something.</summary>
public sealed class Privacy(SharedServer shared)
{
    [Fact]
    public async Task Whoever_has_opted_out_is_not_counted_until_they_opt_in()
    {
        await using var site = await MeasuredSite.OpenAsync(shared);
        var page = await site.VisitAsync("/");
        await site.ViewsAsync(1);
        await page.EvaluateAsync("localStorage.footfall_off = 1");
        await page.ClickAsync("#about");
        await page.EvaluateAsync("footfall('unseen')");
        await page.EvaluateAsync("localStorage.removeItem('footfall_off')");
        await page.EvaluateAsync("footfall('seen')");
        await site.EventsAsync("seen", 1);
        Assert.Equal(2, (await site.Api.SettledLedgerAsync(site.Domain)).Totals.Accepted);
    }

    [Theory]
    [InlineData("data-dnt", "doNotTrack", "'1'", 0)]
    [InlineData("data-dnt", "globalPrivacyControl", "true", 0)]
    [InlineData("data-dnt", "doNotTrack", "'unspecified'", 1)]
    [InlineData("", "doNotTrack", "'1'", 1)]
    public async Task A_wish_not_to_be_tracked_is_honoured_where_the_page_says_so(string attribute, string name, string value, int views)
    {
        await using var site = await MeasuredSite.OpenAsync(shared);
        site.Put("/", attribute);
        var page = await site.Browser.OpenAsync();
        await page.AddInitScriptAsync($"Object.defineProperty(navigator, '{name}', {{ value: {value} }})");
        await page.GotoAsync(site.At("/"));
        await page.GotoAsync(site.At("/about"));
        Assert.Equal(views == 0 ? ["/about"] : ["/", "/about"], (await site.ViewsAsync(views + 1)).Order());
        // Nothing else of a page that is not to be tracked; one that is says on leaving how long it was read, when that was a second or more.
        Assert.InRange((await site.Api.SettledLedgerAsync(site.Domain)).Totals.Accepted, views + 1, (2 * views) + 1);
    }

    [Fact]
    public async Task The_site_may_honour_the_wish_for_all_of_its_pages()
    {
        await using var site = await MeasuredSite.OpenAsync(shared, new { honour_do_not_track = true });
        await site.VisitAsync("/", BrowserLook.Desktop with { Headers = new Dictionary<string, string> { ["Sec-GPC"] = "1" } });
        await site.VisitAsync("/about");
        Assert.Equal(["/about"], await site.ViewsAsync(1));
        Assert.Equal(1, (await site.Api.SettledLedgerAsync(site.Domain)).Totals.Refused["do_not_track"]);
    }

    [Fact]
    public async Task Ones_own_machine_is_left_out_unless_it_is_asked_for()
    {
        await using var site = await MeasuredSite.OpenAsync(shared);
        site.Put("/asked", "data-local");
        var page = await site.Browser.OpenAsync();
        await page.GotoAsync(site.LocallyAt("/"));
        await page.EvaluateAsync("footfall('unseen')");
        await page.GotoAsync(site.LocallyAt("/asked"));
        Assert.Equal(["/asked"], await site.ViewsAsync(1));
        Assert.Equal(1, (await site.Api.SettledLedgerAsync(site.Domain)).Totals.Accepted);
    }

    [Fact]
    public async Task A_browser_that_forbids_storage_is_counted_all_the_same()
    {
        await using var site = await MeasuredSite.OpenAsync(shared);
        var page = await site.Browser.OpenAsync();
        await page.AddInitScriptAsync("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })");
        await page.GotoAsync(site.At("/"));
        await page.EvaluateAsync("footfall('seen')");
        await site.EventsAsync("seen", 1);
        Assert.DoesNotContain(site.Browser.Console, line => line.StartsWith("uncaught", StringComparison.Ordinal));
    }
}
