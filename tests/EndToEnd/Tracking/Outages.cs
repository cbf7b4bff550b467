using Microsoft.Playwright;

namespace Footfall.EndToEnd.Tracking;

/// <summary>What happens while nothing can be sent counts later, and once.</summary>
public sealed class Outages(SharedServer shared)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task What_is_done_without_a_network_counts_when_it_is_back()
    {
        await using var site = await MeasuredSite.OpenAsync(shared);
        var page = await site.VisitAsync("/");
        await site.ViewsAsync(1);
        await page.Context.SetOfflineAsync(true);
        await page.EvaluateAsync("history.pushState(null, '', '/tunnel')");
        await page.EvaluateAsync("footfall('read', { props: { chapter: 3 } })");
        await KeptAsync(page, 2);
        Assert.Equal(1, await site.TotalAsync("events"));
        await page.Context.SetOfflineAsync(false);
        await page.EvaluateAsync("footfall('out_again')");
        await site.EventsAsync("out_again", 1);
        Assert.Equal(["/", "/tunnel"], await site.ViewsAsync(2));
        Assert.Equal("3", Assert.Single(await site.EventsAsync("read", 1, "prop:chapter")).Dimensions[1]);
        await KeptAsync(page, 0);
        Assert.Equal(0, await page.EvaluateAsync<int>("localStorage.length"));
    }

    [Fact]
    public async Task It_counts_at_the_next_page_too_and_at_the_time_it_happened()
    {
        await using var site = await MeasuredSite.OpenAsync(shared);
        var page = await site.VisitAsync("/");
        await site.ViewsAsync(1);
        await page.Context.SetOfflineAsync(true);
        await page.EvaluateAsync("footfall('early')");
        await KeptAsync(page, 1);
        // As if the network had been away for an hour.
        await page.EvaluateAsync("localStorage.footfall_kept = JSON.stringify(JSON.parse(localStorage.footfall_kept).map(event => ({ ...event, time: event.time - 36e5 })))");
        await page.Context.SetOfflineAsync(false);
        await page.GotoAsync(site.At("/about"));
        await site.EventsAsync("early", 1);
        Assert.Equal(2, await site.TotalAsync("visits"));
    }

    [Fact]
    public async Task A_server_that_is_away_for_a_while_loses_nothing()
    {
        await using var server = await FootfallServer.StartAsync();
        await server.Api.AddSiteAsync("away.example");
        await using var site = await MeasuredSite.OpenAsync(server, "away.example");
        var page = await site.VisitAsync("/");
        await site.ViewsAsync(1);
        await server.StopAsync(Patience);
        for (var number = 1; number <= 5; number++)
            await page.EvaluateAsync($"footfall('step', {{ props: {{ number: {number} }} }})");
        await KeptAsync(page, 5);
        server.Launch(server.Address.Authority);
        await server.ReadyAsync();
        await page.ClickAsync("#about");
        await site.ViewsAsync(2);
        var steps = await site.EventsAsync("step", 5, "prop:number");
        Assert.Equal(["1", "2", "3", "4", "5"], steps.Select(step => step.Dimensions[1]).Order());
    }

    [Fact]
    public async Task An_event_whose_answer_is_lost_counts_once()
    {
        await using var site = await MeasuredSite.OpenAsync(shared);
        var page = await site.VisitAsync("/");
        await site.ViewsAsync(1);
        var reached = 0;
        await page.RouteAsync("**/api/v1/events", async route =>
        {
            var answer = await route.FetchAsync();
            Assert.Equal(202, answer.Status);
            reached++;
            await route.AbortAsync();
        });
        await page.EvaluateAsync("footfall('purchase', { order_id: 'A-1', revenue: { amount: 12.5 } })");
        await KeptAsync(page, 1);
        await page.UnrouteAsync("**/api/v1/events");
        Assert.Equal(1, reached);
        await page.EvaluateAsync("footfall('thanks')");
        await KeptAsync(page, 0);
        await site.EventsAsync("thanks", 1);
        await site.EventsAsync("purchase", 1);
        Assert.Equal(12.5, await site.TotalAsync("revenue"));
        Assert.Equal(1, (await site.Api.SettledLedgerAsync(site.Domain)).Totals.Duplicate);
    }

    [Theory]
    [InlineData(503, 1)]
    [InlineData(429, 1)]
    [InlineData(400, 0)]
    [InlineData(404, 0)]
    public async Task What_the_server_puts_off_is_kept_and_what_it_refuses_is_not(int status, int kept)
    {
        await using var site = await MeasuredSite.OpenAsync(shared);
        var page = await site.Browser.OpenAsync();
        await page.RouteAsync("**/api/v1/events", route => route.FulfillAsync(
            new() { Status = status, Headers = new Dictionary<string, string> { ["Access-Control-Allow-Origin"] = "*" } }));
        await page.RunAndWaitForResponseAsync(() => page.GotoAsync(site.At("/")), "**/api/v1/events");
        await KeptAsync(page, kept);
    }

    [Fact]
    public async Task Only_the_latest_fifty_are_kept()
    {
        await using var site = await MeasuredSite.OpenAsync(shared);
        var page = await site.VisitAsync("/");
        await site.ViewsAsync(1);
        await page.Context.SetOfflineAsync(true);
        await page.EvaluateAsync("for (let number = 1; number <= 60; number++) footfall('step', { props: { number } })");
        await page.WaitForFunctionAsync("localStorage.footfall_kept && JSON.parse(localStorage.footfall_kept).at(-1).props.number == 60");
        await KeptAsync(page, 50);
        await page.Context.SetOfflineAsync(false);
        await page.EvaluateAsync("footfall('out_again')");
        Assert.Equal(50, (await site.EventsAsync("step", 50, "prop:number")).Count(step => int.Parse(step.Dimensions[1]) > 10));
    }

    static async Task KeptAsync(IPage page, int count) =>
        await page.WaitForFunctionAsync("count => JSON.parse(localStorage.footfall_kept || '[]').length == count", count);
}
