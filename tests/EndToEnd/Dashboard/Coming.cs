using Footfall.EndToEnd.People;
using Footfall.Servers;
using Microsoft.Playwright;
using static Footfall.EndToEnd.Dashboard.Visit;

namespace Footfall.EndToEnd.Dashboard;

public sealed class Coming(Shop shop)
{
    [Fact]
    public async Task Whoever_has_a_link_sees_the_site_and_no_way_to_change_it()
    {
        await using var visit = await shop.OpenAsStrangerAsync(await shop.LinkAsync());
        await visit.ReadAsync("visitors");
        await Expect(visit.Page.GetByTestId("now")).Not.ToBeEmptyAsync();
        await visit.Row("sources", "google").ClickAsync();
        Assert.StartsWith("/share/", visit.Here, StringComparison.Ordinal);
        await Expect(visit.Page.GetByLabel("Settings of this site")).ToHaveCountAsync(0);
        await Expect(visit.Page.GetByLabel("Account and appearance")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_link_is_made_with_a_password_and_part_of_the_numbers_and_opens_for_who_knows_it()
    {
        await using var server = await FootfallServer.StartAsync();
        using (await Person.OwnerAsync(server))
            await server.Api.AddSiteAsync(Shop.Site);
        await using var owner = await OpenAsync(server);
        await owner.SignInAsync();
        await owner.GoAsync($"/sites/{Shop.Site}/settings/links");
        await owner.Page.GetByLabel("Whom it is for").FillAsync("The agency");
        await owner.Page.GetByLabel("Password").FillAsync("sesame");
        await owner.Button("Filter").ClickAsync();
        await owner.Page.GetByLabel("Value").FillAsync("/blog");
        await owner.Button("Apply").ClickAsync();
        await owner.Button("Make the link").ClickAsync();
        var link = await owner.Page.GetByLabel("the link The agency", new() { Exact = true }).InputValueAsync();

        await using var holder = await OpenAsync(server);
        await holder.Page.GotoAsync(link);
        await holder.Page.GetByLabel("Password").FillAsync("guess");
        await holder.Button("Open").ClickAsync();
        await Expect(holder.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await holder.Page.GetByLabel("Password").FillAsync("sesame");
        await holder.Button("Open").ClickAsync();
        await Expect(holder.Page.GetByText("Only Page is /blog")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Whoever_leaves_is_asked_to_sign_in_again_and_comes_back_to_where_they_were_going()
    {
        await using var visit = await shop.OpenAsync("/sites/" + Shop.Site);
        await visit.Page.GetByLabel("Account and appearance").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Sign out" }).ClickAsync();
        await visit.Page.WaitForURLAsync("**/sign-in");
        await visit.GoAsync("/sites/" + Shop.Site + "?period=7d");
        await visit.Page.WaitForURLAsync("**/sign-in?next=*");
        await visit.Page.GetByLabel("E-mail address").FillAsync("ada@example.com");
        await visit.Page.GetByLabel("Password").FillAsync("not this one");
        await visit.Button("Sign in").ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await visit.Page.GetByLabel("Password").FillAsync(Person.Password);
        await visit.Button("Sign in").ClickAsync();
        await visit.ReadAsync("visitors");
        Assert.Equal("/sites/" + Shop.Site + "?period=7d", visit.Here);
    }

    [Fact]
    public async Task A_phone_shows_the_page_in_one_column_that_fits()
    {
        await using var visit = await shop.OpenAsync("/sites/" + Shop.Site, BrowserLook.Phone with { IsDark = true });
        await visit.ReadAsync("visitors");
        await visit.SettleAsync();
        Assert.Equal(0, await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"));
        var (sources, pages) = ((await visit.Panel("sources").BoundingBoxAsync())!, (await visit.Panel("pages").BoundingBoxAsync())!);
        Assert.Equal(sources.X, pages.X);
        Assert.True(pages.Y >= sources.Y + sources.Height);
    }

    [Fact]
    public async Task A_part_of_the_page_that_cannot_be_had_at_once_comes_later_and_takes_nothing_down()
    {
        await using var visit = await shop.OpenAsync("/sign-in");
        var refused = 0;
        await visit.Page.RouteAsync("**/assets/PlacesMap-*.js*", route => Interlocked.Increment(ref refused) <= 2 ? route.AbortAsync("connectionreset") : route.ContinueAsync());
        await visit.GoAsync("/sites/" + Shop.Site);
        await visit.Panel("places").ScrollIntoViewIfNeededAsync();
        await Expect(visit.Panel("places").Locator("path.country").First).ToBeVisibleAsync();
        Assert.True(refused > 2, $"It was asked for {refused} times.");
        await visit.ReadAsync("visitors");
    }

    [Fact]
    public async Task A_server_that_goes_is_told_and_the_page_goes_on_when_it_is_back()
    {
        await using var server = await FootfallServer.StartAsync(new ServerOptions { Listen = $"127.0.0.1:{Loopback.FreePort()}" });
        using (await Person.OwnerAsync(server))
            await server.Api.AddSiteAsync(Shop.Site);
        await using var visit = await OpenAsync(server);
        await visit.SignInAsync();
        await visit.GoAsync("/sites/" + Shop.Site);
        await Expect(visit.Page.GetByTestId("now")).ToHaveTextAsync("0");

        server.Kill();
        await Expect(visit.Page.Locator(".banner")).ToBeVisibleAsync();
        server.Launch();
        await server.ReadyAsync();
        await Expect(visit.Page.Locator(".banner")).ToBeHiddenAsync();
        (await server.Api.SendAsync(FootfallApi.ToJson(new { site = Shop.Site, url = $"https://{Shop.Site}/" }))).EnsureSuccessStatusCode().Dispose();
        await Expect(visit.Page.GetByTestId("now")).ToHaveTextAsync("1");
    }
}
