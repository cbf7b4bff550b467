namespace Footfall.EndToEnd.Tracking;

public sealed class PageViews(SharedServer shared)
{
    [Fact]
    public async Task A_page_counts_when_it_is_loaded_and_says_what_a_report_needs()
    {
        await using var site = await MeasuredSite.OpenAsync(shared);
        site.Put("/hello", title: "Hello & welcome");
        var page = await site.VisitAsync("/hello?utm_source=letter&utm_medium=email", BrowserLook.Phone);
        Assert.Equal(["/hello"], await site.ViewsAsync(1));
        var shown = Assert.Single(await site.EventsAsync("pageview", 1, "title", "hostname", "screen_class", "device"));
        Assert.Equal(["pageview", "Hello & welcome", site.Domain, "xs", "mobile"], shown.Dimensions);
        var came = Assert.Single(await site.EventsAsync("pageview", 1, "source", "medium"));
        Assert.Equal(["pageview", "letter", "email"], came.Dimensions);
        await page.ClickAsync("body");
        Assert.Equal(0, await page.EvaluateAsync<int>("localStorage.length + sessionStorage.length + document.cookie.length"));
    }

    [Fact]
    public async Task Every_click_is_a_page_and_all_of_them_are_one_visit()
    {
        await using var site = await MeasuredSite.OpenAsync(shared);
        var page = await site.VisitAsync("/");
        await page.ClickAsync("#about");
        await page.ClickAsync("#about");
        await page.ReloadAsync();
        Assert.Equal(["/", "/about", "/about", "/about"], await site.ViewsAsync(4));
        Assert.Equal((1, 1), (await site.TotalAsync("visits"), await site.TotalAsync("visitors")));
    }

    [Fact]
    public async Task A_page_whose_tab_is_closed_at_once_counts()
    {
        await using var site = await MeasuredSite.OpenAsync(shared);
        for (var turn = 0; turn < 5; turn++)
            await (await site.VisitAsync("/")).CloseAsync();
        Assert.Equal(5, (await site.ViewsAsync(5)).Count);
    }

    [Fact]
    public async Task An_application_of_one_page_counts_each_of_its_paths_with_its_title()
    {
        await using var site = await MeasuredSite.OpenAsync(shared);
        var page = await site.VisitAsync("/");
        await page.EvaluateAsync("history.pushState(null, '', '/one'); document.title = 'One'");
        await site.ViewsAsync(2);
        await page.EvaluateAsync("history.pushState(null, '', '/two'); setTimeout(() => document.title = 'Two', 5)");
        await site.ViewsAsync(3);
        await page.EvaluateAsync("history.replaceState(null, '', '/three'); document.title = 'Three'");
        await site.ViewsAsync(4);
        await page.EvaluateAsync("addEventListener('popstate', () => document.title = 'One again'); history.back()");
        Assert.Equal(["/", "/one", "/one", "/three", "/two"], await site.ViewsAsync(5));
        Assert.Equal(["One", "One again", "Page /", "Three", "Two"], await site.ViewsAsync(5, "title"));
    }

    [Fact]
    public async Task A_change_of_the_query_or_of_the_state_is_not_another_page()
    {
        await using var site = await MeasuredSite.OpenAsync(shared);
        var page = await site.VisitAsync("/");
        await page.EvaluateAsync("history.replaceState({ scroll: 1 }, ''); history.pushState(null, '', '?sort=price'); location.hash = 'end'");
        await page.EvaluateAsync("new Promise(done => setTimeout(done, 100))");
        await page.EvaluateAsync("history.pushState(null, '', '/last')");
        Assert.Equal(["/", "/last"], await site.ViewsAsync(2));
    }

    [Fact]
    public async Task Who_clicks_and_leaves_at_once_has_been_there()
    {
        await using var site = await MeasuredSite.OpenAsync(shared);
        var page = await site.VisitAsync("/");
        await page.EvaluateAsync("history.pushState(null, '', '/basket'); location.href = '/about'");
        Assert.Equal(["/", "/about", "/basket"], await site.ViewsAsync(3));
    }

    [Fact]
    public async Task A_site_that_routes_by_hash_counts_its_fragments()
    {
        await using var site = await MeasuredSite.OpenAsync(shared, new { hash_routing = true });
        site.Put("/", "data-hash");
        var page = await site.VisitAsync("/");
        await page.EvaluateAsync("location.hash = '/inbox'");
        await site.ViewsAsync(2);
        await page.EvaluateAsync("location.hash = '/sent'");
        await site.ViewsAsync(3);
        await page.GoBackAsync();
        Assert.Equal(["/", "/#/inbox", "/#/inbox", "/#/sent"], await site.ViewsAsync(4));
    }

    [Fact]
    public async Task A_page_that_comes_back_from_the_browsers_memory_counts_again()
    {
        await using var site = await MeasuredSite.OpenAsync(shared, remembersPages: true);
        var page = await site.VisitAsync("/");
        await page.EvaluateAsync("addEventListener('pageshow', shown => window.restored = shown.persisted)");
        await site.ViewsAsync(1);
        await page.ClickAsync("#about");
        await site.ViewsAsync(2);
        await page.EvaluateAsync("history.back()");
        Assert.Equal(["/", "/", "/about"], await site.ViewsAsync(3));
        Assert.True(await page.EvaluateAsync<bool>("window.restored"), "The page was loaded again: this test has tested nothing.");
    }

    /// <summary>In a browser that nobody drives, because one that is driven does not prepare pages: the first page leads to the second by itself.</summary>
    [Fact]
    public async Task A_page_that_is_prepared_ahead_counts_when_it_is_shown_and_only_then()
    {
        await using var site = await MeasuredSite.OpenAsync(shared);
        const string Rules = """<script type="speculationrules">{"prerender":[{"urls":["/about","/never"],"eagerness":"immediate"}]}</script>""";
        const string Leave = "<script>setInterval(async () => { if ((await fetch('/go')).ok) location.href = '/about' }, 100)</script>";
        const string Prepared = "<script>if (document.prerendering) fetch('/prepared' + location.pathname)</script>";
        const string Shown = "<script>document.addEventListener('prerenderingchange', () => setTimeout(() => footfall('shown'), 100))</script>";
        site.Put("/", "data-local", head: Rules + Leave);
        site.Put("/about", "data-local", head: Prepared + Shown);
        site.Put("/never", "data-local", head: Prepared);
        using var browser = new UndrivenBrowser(site.LocallyAt("/"));
        await site.AskedForAsync("/prepared/about");
        await site.AskedForAsync("/prepared/never");
        site.PutPlain("/go", "");
        await site.EventsAsync("shown", 1);
        Assert.Equal(["/", "/about"], await site.ViewsAsync(2));
    }

    [Fact]
    public async Task A_site_that_counts_by_itself_is_left_to_do_so()
    {
        await using var site = await MeasuredSite.OpenAsync(shared);
        site.Put("/", "data-manual");
        var page = await site.VisitAsync("/");
        await page.EvaluateAsync("history.pushState(null, '', '/unseen')");
        await page.EvaluateAsync("footfall('pageview', { url: location.origin + '/chosen', props: { plan: 'pro' } })");
        Assert.Equal("/chosen", Assert.Single(await site.ViewsAsync(1)));
        Assert.Equal("pro", Assert.Single(await site.EventsAsync("pageview", 1, "prop:plan")).Dimensions[1]);
    }

    [Fact]
    public async Task A_page_without_scripts_counts_by_its_image()
    {
        await using var site = await MeasuredSite.OpenAsync(shared);
        var image = $"""<img src="{shared.Server.Address}p.gif?site={site.Domain}" referrerpolicy="no-referrer-when-downgrade" alt="">""";
        site.PutPlain("/still", $"<!doctype html><title>Still</title><noscript>{image}</noscript>");
        await site.VisitAsync("/still", BrowserLook.Desktop with { HasScripts = false });
        Assert.Equal(["/still"], await site.ViewsAsync(1));
    }
}
