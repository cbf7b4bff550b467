using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Footfall.EndToEnd.Dashboard;

public sealed class Accessibility(Shop shop)
{
    const string Site = "/sites/" + Shop.Site;

    static readonly string[] PagesOfMembers =
    [
        "/", "/add-site", Site, Site + "?f=page:contains:/blog&metric=bounce_rate&tab.places=country&tab.events=properties", Site + "/report/page",
        "/sites/" + Shop.Empty, Site + "/settings", Site + "/settings/tracking", Site + "/settings/counting", Site + "/settings/links",
        Site + "/settings/members", Site + "/settings/keys", Site + "/settings/danger", "/account", "/account/password", "/account/second-factor",
        "/account/sessions", "/account/nowhere",
    ];

    static readonly string[] PagesOfStrangers = ["/sign-in", "/signup?token=x", "/invitation?token=x", "/share/unknown"];

    readonly List<string> _wrong = [];

    [Fact]
    public async Task Nothing_stands_in_anybodys_way_on_the_pages_for_people_who_signed_in()
    {
        await using var visit = await shop.OpenAsync("/");
        foreach (var path in PagesOfMembers)
            await LookAsync(visit, path);
        Assert.Empty(_wrong);
    }

    [Fact]
    public async Task Nothing_stands_in_anybodys_way_on_the_pages_for_strangers_with_a_phone()
    {
        await using var visit = await shop.OpenAsStrangerAsync("/", BrowserLook.Phone);
        foreach (var path in (IEnumerable<string>)[.. PagesOfStrangers, await shop.LinkAsync()])
            await LookAsync(visit, path);
        Assert.Empty(_wrong);
    }

    [Fact]
    public async Task Nothing_stands_in_anybodys_way_in_what_opens_over_the_page()
    {
        await using var visit = await shop.OpenAsync(Site);
        foreach (var opener in (ILocator[])[visit.Page.Locator(".period-button"), visit.Button("Filter"), visit.Page.GetByLabel("Account and appearance"), visit.Page.GetByText("complete until")])
        {
            await opener.ClickAsync();
            await CheckAsync(visit, $"what {opener} opens");
            await visit.Page.Keyboard.PressAsync("Escape");
        }
        Assert.Empty(_wrong);
    }

    async Task LookAsync(Visit visit, string path)
    {
        await visit.GoAsync(path);
        foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            await visit.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await visit.SettleAsync();
            await CheckAsync(visit, $"{path}, {scheme}");
        }
    }

    async Task CheckAsync(Visit visit, string what)
    {
        foreach (var wrong in (await visit.Page.RunAxe()).Violations)
            _wrong.Add($"{what}: {wrong.Id}: {string.Join(' ', wrong.Nodes.Take(3).Select(node => node.Html))}");
    }
}
