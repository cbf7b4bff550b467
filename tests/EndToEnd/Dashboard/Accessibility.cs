using Deque.AxeCore.Playwright;

namespace Footfall.EndToEnd.Dashboard;

public sealed class Accessibility(Shop shop)
{
    const string Settings = "/sites/" + Shop.Site + "/settings";

    [Theory]
    [InlineData("/")]
    [InlineData("/add-site")]
    [InlineData("/sites/" + Shop.Site)]
    [InlineData("/sites/" + Shop.Site + "?f=page:contains:/blog&metric=bounce_rate&tab.places=country&tab.events=properties")]
    [InlineData("/sites/" + Shop.Empty)]
    [InlineData("/sites/" + Shop.Site + "/report/page")]
    [InlineData(Settings)]
    [InlineData(Settings + "/tracking")]
    [InlineData(Settings + "/counting")]
    [InlineData(Settings + "/links")]
    [InlineData(Settings + "/members")]
    [InlineData(Settings + "/keys")]
    [InlineData(Settings + "/danger")]
    [InlineData("/account/profile")]
    [InlineData("/account/password")]
    [InlineData("/account/second-factor")]
    [InlineData("/account/sessions")]
    [InlineData("/nowhere")]
    public async Task Nothing_stands_in_the_way_of_anybody_on_a_page_for_people_who_signed_in(string path)
    {
        await using var visit = await shop.OpenAsync(path);
        await LookAsync(visit, path);
        await visit.Page.EmulateMediaAsync(new() { ColorScheme = Microsoft.Playwright.ColorScheme.Dark });
        await LookAsync(visit, path + " in the dark");
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/signup?token=x")]
    [InlineData("/invitation?token=x")]
    [InlineData("/share/unknown")]
    [InlineData("")]
    public async Task Nothing_stands_in_the_way_of_anybody_on_a_page_for_strangers(string path)
    {
        await using var visit = await shop.OpenAsStrangerAsync(path.Length == 0 ? await shop.LinkAsync() : path, BrowserLook.Phone);
        await LookAsync(visit, path);
    }

    static async Task LookAsync(Visit visit, string where)
    {
        await visit.SettleAsync();
        var found = await visit.Page.RunAxe();
        Assert.True(found.Violations.Length == 0, $"{where}: {string.Join("; ", found.Violations.Select(wrong => $"{wrong.Id}: {string.Join(' ', wrong.Nodes.Select(node => node.Html))}"))}");
    }
}
