namespace Footfall.EndToEnd.Tracking;

public sealed class Events(SharedServer shared)
{
    public const string Stub = "<script>window.footfall = window.footfall || function () { (footfall.q = footfall.q || []).push(arguments) }</script>";

    [Fact]
    public async Task What_the_page_says_before_the_tracker_is_there_is_not_lost()
    {
        await using var site = await MeasuredSite.OpenAsync(shared);
        site.Put("/", head: Stub + "<script>footfall('trial', { props: { plan: 'pro', seats: 3 } }); footfall('trial', { props: { plan: 'free' } })</script>");
        await site.VisitAsync("/");
        var rows = await site.EventsAsync("trial", 2, "prop:plan", "page");
        Assert.Equal(["free /", "pro /"], rows.Select(row => $"{row.Dimensions[1]} {row.Dimensions[2]}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_order_that_is_told_twice_counts_once()
    {
        await using var site = await MeasuredSite.OpenAsync(shared);
        var page = await site.VisitAsync("/");
        const string Order = "footfall('purchase', { order_id: 'A-7', revenue: { amount: 49.9, currency: 'EUR' }, items: [{ id: 'mug', price: 24.95, quantity: 2 }] })";
        await page.EvaluateAsync(Order);
        await page.EvaluateAsync(Order);
        await page.EvaluateAsync("footfall('done')");
        await site.EventsAsync("done", 1);
        Assert.Equal((1, 49.9, 2), (await site.TotalAsync("transactions"), await site.TotalAsync("revenue"), await site.TotalAsync("items")));
    }

    [Fact]
    public async Task Two_clicks_on_one_thing_are_two_events()
    {
        await using var site = await MeasuredSite.OpenAsync(shared);
        var page = await site.VisitAsync("/");
        await page.EvaluateAsync("footfall('like'); footfall('like')");
        await site.EventsAsync("like", 2);
    }

    [Fact]
    public async Task A_person_known_to_the_site_is_one_visitor_on_two_devices()
    {
        await using var site = await MeasuredSite.OpenAsync(shared);
        site.Put("/", "data-manual");
        foreach (var look in (BrowserLook[])[BrowserLook.Desktop, BrowserLook.Phone])
            await (await site.VisitAsync("/", look)).EvaluateAsync("footfall('pageview', { user_id: 'u-1' })");
        await site.ViewsAsync(2);
        Assert.Equal(1, await site.TotalAsync("visitors"));
    }

    [Fact]
    public async Task The_tracker_shows_in_the_verification_of_the_site()
    {
        await using var site = await MeasuredSite.OpenAsync(shared);
        await site.VisitAsync("/");
        await site.ViewsAsync(1);
        var seen = await site.Api.Http.GetStringAsync($"/api/v1/sites/{site.Domain}/verification");
        Assert.DoesNotContain("\"last_tracker_event_at\":null", seen, StringComparison.Ordinal);
    }
}
