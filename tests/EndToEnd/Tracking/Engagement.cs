namespace Footfall.EndToEnd.Tracking;

public sealed class Engagement(SharedServer shared)
{
    [Fact]
    public async Task Time_in_the_foreground_and_how_far_was_read_are_told_when_the_page_is_left()
    {
        await using var site = await MeasuredSite.OpenAsync(shared);
        var page = await site.VisitAsync("/");
        await page.EvaluateAsync("document.getElementById('end').scrollIntoView()");
        await page.WaitForTimeoutAsync(1_500);
        await page.GotoAsync("about:blank");
        var told = Assert.Single(await site.EventsAsync("engagement", 1, "page", "prop:scroll_depth"));
        Assert.Equal("/", told.Dimensions[1]);
        Assert.InRange(int.Parse(told.Dimensions[2]), 95, 100);
        Assert.InRange(told.Metric("engagement_time"), 1.4, 15);
    }

    [Fact]
    public async Task It_is_told_when_the_tab_is_closed_too()
    {
        await using var site = await MeasuredSite.OpenAsync(shared);
        var page = await site.VisitAsync("/");
        await page.WaitForTimeoutAsync(1_200);
        await page.CloseAsync(new() { RunBeforeUnload = true });
        var told = Assert.Single(await site.EventsAsync("engagement", 1, "prop:scroll_depth"));
        Assert.InRange(int.Parse(told.Dimensions[1]), 10, 40);
    }

    [Fact]
    public async Task It_is_no_page_view_and_no_deed_and_lengthens_the_visit()
    {
        await using var site = await MeasuredSite.OpenAsync(shared);
        var page = await site.VisitAsync("/");
        await page.WaitForTimeoutAsync(1_500);
        await page.GotoAsync("about:blank");
        await site.EventsAsync("engagement", 1);
        Assert.Equal((1, 1, 1), (await site.TotalAsync("pageviews"), await site.TotalAsync("visits"), await site.TotalAsync("single_page_rate")));
        Assert.Equal(1, await site.TotalAsync("bounce_rate"));
        // By when they arrived: on a busy machine the page view takes some of the time.
        Assert.InRange(await site.TotalAsync("visit_duration"), 0.5, 15);
    }

    [Fact]
    public async Task Ten_seconds_of_it_make_a_visit_an_engaged_one()
    {
        await using var site = await MeasuredSite.OpenAsync(shared);
        var page = await site.VisitAsync("/");
        await page.WaitForTimeoutAsync(10_600);
        await page.GotoAsync("about:blank");
        await site.EventsAsync("engagement", 1);
        Assert.Equal(1, await site.TotalAsync("engagement_rate"));
    }

    [Fact]
    public async Task Time_spent_elsewhere_is_not_counted()
    {
        await using var site = await MeasuredSite.OpenAsync(shared);
        var page = await site.VisitAsync("/");
        await SetHiddenAsync(page, hidden: true);
        await page.WaitForTimeoutAsync(2_500);
        await SetHiddenAsync(page, hidden: false);
        await page.WaitForTimeoutAsync(1_200);
        await SetHiddenAsync(page, hidden: true);
        var told = Assert.Single(await site.EventsAsync("engagement", 1));
        Assert.InRange(told.Metric("engagement_time"), 1.0, 2.4);
    }

    [Fact]
    public async Task Who_comes_back_to_a_tab_after_the_visit_has_ended_does_not_begin_one_by_looking()
    {
        await using var site = await MeasuredSite.OpenAsync(shared);
        var page = await site.Browser.OpenAsync();
        await page.AddInitScriptAsync("{ const now = performance.now.bind(performance); window.later = 0; performance.now = () => now() + window.later }");
        await page.GotoAsync(site.At("/"));
        await SetHiddenAsync(page, hidden: true);
        await page.EvaluateAsync("window.later = 31 * 60e3");
        await SetHiddenAsync(page, hidden: false);
        await page.WaitForTimeoutAsync(1_200);
        await SetHiddenAsync(page, hidden: true);
        await SetHiddenAsync(page, hidden: false);
        await page.EvaluateAsync("footfall('back')");
        await page.WaitForTimeoutAsync(1_200);
        await SetHiddenAsync(page, hidden: true);
        await site.EventsAsync("back", 1);
        await site.EventsAsync("engagement", 1);
    }

    /// <summary>A browser without a window never hides a page, so the page is told that it is.</summary>
    static async Task SetHiddenAsync(Microsoft.Playwright.IPage page, bool hidden) => await page.EvaluateAsync(
        """
        hidden => {
            Object.defineProperty(document, 'hidden', { value: hidden, configurable: true })
            Object.defineProperty(document, 'visibilityState', { value: hidden ? 'hidden' : 'visible', configurable: true })
            document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
        }
        """, hidden);
}
