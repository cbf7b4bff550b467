using Microsoft.Playwright;
using static Footfall.EndToEnd.Dashboard.Visit;

namespace Footfall.EndToEnd.Dashboard;

public sealed class Looking(Shop shop)
{
    const string Home = "/sites/" + Shop.Site;

    [Fact]
    public async Task A_click_on_a_row_filters_the_page_and_the_way_back_takes_the_filter_off()
    {
        await using var visit = await shop.OpenAsync(Home);
        var all = await visit.ReadAsync("visitors");
        await visit.Row("pages", "/blog/spring-sale").ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.List, new() { Name = "Filters" })).ToContainTextAsync("/blog/spring-sale");
        var some = await visit.ReadAsync("visitors", all);
        Assert.Contains("f=page:is:/blog/spring-sale", visit.Here, StringComparison.Ordinal);

        await visit.Page.ReloadAsync();
        await Expect(visit.Top("visitors")).ToHaveTextAsync(some);
        await visit.Page.GoBackAsync();
        await Expect(visit.Top("visitors")).ToHaveTextAsync(all);
    }

    [Fact]
    public async Task A_click_with_shift_leaves_a_row_out()
    {
        await using var visit = await shop.OpenAsync(Home + "?compare=off");
        await visit.Row("devices", "Firefox").ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await Expect(visit.Panel("devices").GetByText("Firefox")).ToHaveCountAsync(0);
        await Expect(visit.Row("devices", "Chrome").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_editor_makes_a_filter_of_alternatives()
    {
        await using var visit = await shop.OpenAsync(Home);
        var all = await visit.ReadAsync("visitors");
        await visit.Button("Filter").ClickAsync();
        var editor = visit.Page.GetByRole(AriaRole.Dialog);
        await editor.GetByLabel("How").SelectOptionAsync("contains");
        await editor.GetByLabel("Value").FillAsync("blog");
        await editor.GetByText("or …").ClickAsync();
        await editor.GetByLabel("What").Last.SelectOptionAsync("country");
        await editor.GetByLabel("How").Last.SelectOptionAsync("is");
        await editor.GetByLabel("Value").Last.FillAsync("Germany");
        await visit.Button("Apply").ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.List, new() { Name = "Filters" })).ToContainTextAsync("Page contains blog or Country is Germany");
        await visit.ReadAsync("visitors", all);
    }

    [Fact]
    public async Task The_chart_shows_the_number_that_was_clicked_in_the_steps_that_were_chosen_beside_what_it_is_compared_with()
    {
        await using var visit = await shop.OpenAsync(Home + "?period=7d");
        await visit.Top("bounce_rate").ClickAsync();
        await visit.Button("Hours").ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Slider, new() { Name = "Bounce rate over time" })).ToBeVisibleAsync();
        await Expect(visit.Page.Locator(".line.before")).Not.ToHaveAttributeAsync("d", "");
        await visit.Page.Keyboard.PressAsync("x");
        await Expect(visit.Page.Locator(".line.before")).ToHaveAttributeAsync("d", "");
        Assert.Equal(Home + "?period=7d&compare=off&interval=hour&metric=bounce_rate", visit.Here);
    }

    [Fact]
    public async Task A_drag_over_the_chart_looks_closer()
    {
        await using var visit = await shop.OpenAsync(Home);
        await visit.SettleAsync();
        var chart = (await visit.Page.Locator(".chart-surface").BoundingBoxAsync())!;
        await visit.Page.Mouse.MoveAsync(chart.X + (chart.Width * 0.3f), chart.Y + 120);
        await visit.Page.Mouse.DownAsync();
        await visit.Page.Mouse.MoveAsync(chart.X + (chart.Width * 0.5f), chart.Y + 120, new() { Steps = 5 });
        await visit.Page.Mouse.UpAsync();
        await visit.Page.WaitForURLAsync("**from=*");
        var query = System.Web.HttpUtility.ParseQueryString(new Uri(visit.Page.Url).Query);
        var days = DateTime.Parse(query["to"]!, null) - DateTime.Parse(query["from"]!, null);
        Assert.InRange(days.TotalDays, 4, 7);
    }

    [Fact]
    public async Task A_list_opens_whole_is_searched_sorted_and_taken_away_and_its_address_says_so()
    {
        await using var visit = await shop.OpenAsync(Home);
        await visit.Panel("pages").GetByRole(AriaRole.Link).ClickAsync();
        var list = visit.Page.GetByRole(AriaRole.Dialog, new() { Name = "Pages" });
        await Expect(list.GetByRole(AriaRole.Row)).ToHaveCountAsync(13);
        await list.GetByLabel("Search the list").FillAsync("blog");
        await Expect(list.GetByRole(AriaRole.Row)).ToHaveCountAsync(5);
        await list.GetByRole(AriaRole.Button, new() { Name = "Bounce rate" }).ClickAsync();
        await Expect(list.GetByRole(AriaRole.Columnheader, new() { Name = "Bounce rate" })).ToHaveAttributeAsync("aria-sort", "descending");
        Assert.Equal(Home + "/report/page?search=blog&order=-bounce_rate", visit.Here);

        await list.GetByRole(AriaRole.Button, new() { Name = "Export" }).ClickAsync();
        var download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.GetByRole(AriaRole.Menuitem, new() { Name = "CSV" }).ClickAsync());
        Assert.Equal(Shop.Site + "-page.csv", download.SuggestedFilename);
        var lines = await File.ReadAllLinesAsync((await download.PathAsync())!, TestContext.Current.CancellationToken);
        Assert.StartsWith("page,visitors,visits,pageviews,", lines[0], StringComparison.Ordinal);
        Assert.Equal(4, lines.Length);

        await visit.Page.Keyboard.PressAsync("Escape");
        await Expect(list).ToBeHiddenAsync();
        Assert.Equal(Home, visit.Here);
    }

    [Fact]
    public async Task A_country_leads_to_its_regions()
    {
        await using var visit = await shop.OpenAsync(Home + "?tab.places=country");
        await visit.Row("places", "Germany").ClickAsync();
        await Expect(visit.Panel("places").GetByRole(AriaRole.Tab, new() { Name = "Region" })).ToHaveAttributeAsync("aria-selected", "true");
        await Expect(visit.Panel("places").Locator(".rank-row").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_the_numbers_are_worth_stands_below_them()
    {
        await using var visit = await shop.OpenAsync(Home);
        await visit.Page.GetByText("complete until").ClickAsync();
        await Expect(visit.Page.GetByText("Every event is counted.")).ToBeVisibleAsync();
        await Expect(visit.Page.GetByText("Visitors carry an id")).ToBeVisibleAsync();
    }
}
