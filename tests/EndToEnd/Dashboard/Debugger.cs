using System.Net;
using Footfall.EndToEnd.People;
using Microsoft.Playwright;
using static Footfall.EndToEnd.Dashboard.Visit;

namespace Footfall.EndToEnd.Dashboard;

/// <summary>An administrator who looks at the raw hits of a site.</summary>
public sealed class Debugger
{
    const string Domain = "hits.example";
    const string Page = $"/sites/{Domain}/debugger";
    const string Agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    [Fact]
    public async Task Whoever_looks_at_raw_hits_sees_them_come_finds_some_and_reads_what_became_of_each()
    {
        await using var server = await FootfallServer.StartAsync();
        using (await Person.OwnerAsync(server))
            await server.Api.AddSiteAsync(Domain);
        await using var visit = await OpenAsync(server);
        await visit.SignInAsync();
        await visit.GoAsync(Page);
        await Expect(visit.Page.GetByText("No hit has come yet")).ToBeVisibleAsync();

        await FillAsync(server);
        await Expect(Rows(visit)).ToHaveCountAsync(14);
        await Expect(Rows(visit).First).ToContainTextAsync("Repeat");
        await Expect(visit.Page.Locator(".debugger").GetByRole(AriaRole.Status)).ToHaveTextAsync("Live");

        await visit.Page.GetByLabel("Path of the page").FillAsync("/shop/*");
        await Expect(Rows(visit)).ToHaveCountAsync(4);
        Assert.Equal(Page + "?path=/shop/*", visit.Here);
        await visit.GoAsync(Page + "?outcome=bot");
        await Expect(Rows(visit)).ToHaveCountAsync(1);
        await visit.Page.GetByLabel("Outcome").SelectOptionAsync("refused:excluded_path");
        await Expect(visit.Page.GetByText("No hit is like that")).ToBeVisibleAsync();
        await visit.GoAsync(Page + "?visitor=me");
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("16 hexadecimal digits");

        await visit.GoAsync(Page + "?live=0");
        await Expect(visit.Page.Locator(".debugger").GetByRole(AriaRole.Status)).ToHaveTextAsync("Stands still");
        await Rows(visit).Nth(1).Locator("summary").ClickAsync();
        await Expect(Rows(visit).Nth(1).GetByText("letter / email")).ToBeVisibleAsync();
        await Expect(Rows(visit).Nth(1).GetByLabel("What was sent")).ToContainTextAsync("utm_source=letter");
        await visit.LooksRightAsync("debugger");
    }

    static async Task FillAsync(FootfallServer server)
    {
        for (var number = 0; number < 8; number++)
            await SendAsync(server, $"/blog/{number}", $"blog-{number}", $"reader-{number % 3}", "https://www.google.com/");
        await SendAsync(server, "/", "robot", "robot", "", "Googlebot/2.1 (+http://www.google.com/bot.html)");
        await SendAsync(server, "/about", "about", "reader-1", "https://news.example/");
        for (var number = 0; number < 3; number++)
            await SendAsync(server, $"/shop/{number}?utm_source=letter&utm_medium=email", $"shop-{number}", "buyer", "");
        await SendAsync(server, "/shop/2?utm_source=letter&utm_medium=email", "shop-2", "buyer", "");
    }

    static async Task SendAsync(FootfallServer server, string path, string id, string user, string referrer, string agent = Agent)
    {
        using var answer = await server.Api.SendAsync(FootfallApi.ToJson(new
        {
            Site = Domain,
            Url = $"https://{Domain}{path}",
            EventId = id,
            UserId = user,
            Referrer = referrer,
            UserAgent = agent,
            Title = "A page of a site",
        }));
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        // The next one is received at another millisecond, and so stands above it.
        for (var now = TimeProvider.System.GetUtcNow(); TimeProvider.System.GetUtcNow() - now < TimeSpan.FromMilliseconds(2);)
            await Task.Yield();
    }

    static ILocator Rows(Visit visit) => visit.Page.GetByRole(AriaRole.List, new() { Name = "Raw hits, newest first" }).Locator("> li");
}
