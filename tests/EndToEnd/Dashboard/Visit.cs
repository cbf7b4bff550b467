using Deque.AxeCore.Playwright;
using Footfall.EndToEnd.People;
using Microsoft.Playwright;

namespace Footfall.EndToEnd.Dashboard;

/// <summary>Somebody who looks at the dashboard in a real browser.</summary>
sealed class Visit : IAsyncDisposable
{
    readonly FootfallServer _server;
    readonly Browser _browser;

    Visit(FootfallServer server, Browser browser, IPage page) => (_server, _browser, Page) = (server, browser, page);

    public IPage Page { get; }

    /// <summary>The path and the query that the address bar shows.</summary>
    public string Here => new Uri(Page.Url).PathAndQuery;

    public static async Task<Visit> OpenAsync(FootfallServer server, BrowserLook? look = null, params string[] flags)
    {
        Assertions.SetDefaultExpectTimeout(20_000);
        var browser = await Needs.BrowserAsync(flags: flags);
        return new Visit(server, browser, await browser.OpenAsync(look));
    }

    public Task GoAsync(string path) => Page.GotoAsync(new Uri(_server.Address, path).AbsoluteUri);

    public async Task SignInAsync(string email = "ada@example.com")
    {
        await GoAsync("/sign-in");
        await Page.GetByLabel("E-mail address").FillAsync(email);
        await Page.GetByLabel("Password").FillAsync(Person.Password);
        await Button("Sign in").ClickAsync();
        await Page.WaitForURLAsync(address => !address.Contains("/sign-in", StringComparison.Ordinal));
    }

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public ILocator Panel(string id) => Page.Locator($"[data-panel={id}]");

    public ILocator Row(string panel, string text) => Panel(panel).Locator(".rank-row", new() { HasText = text }).Locator(".rank-main");

    /// <summary>One of the numbers on top, such as visitors.</summary>
    public ILocator Top(string metric) => Page.GetByTestId("top-" + metric);

    public static ILocatorAssertions Expect(ILocator what) => Assertions.Expect(what);

    /// <summary>Waits until the numbers on top are there.</summary>
    /// <returns>What the page writes in place of a metric, once it is not one of the texts it had before.</returns>
    public async Task<string> ReadAsync(string metric, string before = "")
    {
        await Expect(Top(metric)).Not.ToHaveTextAsync(before);
        await Expect(Top(metric)).Not.ToHaveTextAsync("");
        return (await Top(metric).InnerTextAsync()).Trim();
    }

    /// <summary>Waits until nothing more is being loaded. Lists load when they come near the screen, so each is scrolled to; what a dialog covers does not count.</summary>
    public async Task SettleAsync()
    {
        await Expect(Page.Locator("#app")).Not.ToBeEmptyAsync();
        await Expect(Page.Locator(".loading")).ToHaveCountAsync(0);
        await Page.EvaluateAsync(
            """
            async () => {
              for (const panel of document.querySelectorAll('[data-panel]')) {
                panel.scrollIntoView()
                await new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)))
              }
              scrollTo(0, 0)
            }
            """);
        await Expect(Page.Locator(":is(.skeleton, .skeleton-number, .stale, [aria-busy=true]):not(#app[aria-hidden=true] *)")).ToHaveCountAsync(0);
    }

    /// <summary>Takes the picture of a page for the documents, and finds nothing wrong with it in the dark, in the light and on a phone.</summary>
    public async Task LooksRightAsync(string picture)
    {
        await Picture.HoldAsync(picture, ShootAsync);
        foreach (var scheme in (ColorScheme[])[ColorScheme.Dark, ColorScheme.Light])
        {
            await Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            Assert.Empty((await Page.RunAxe()).Violations.Select(wrong => $"{scheme}: {wrong.Id}"));
        }
        await Page.SetViewportSizeAsync(BrowserLook.Phone.Width, BrowserLook.Phone.Height);
        Assert.InRange(await Page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 1, BrowserLook.Phone.Width);
        Assert.Empty((await Page.RunAxe()).Violations.Select(wrong => $"phone: {wrong.Id}"));
        await Page.SetViewportSizeAsync(BrowserLook.Desktop.Width, BrowserLook.Desktop.Height);
    }

    public Task ShootAsync(string file) => Page.ScreenshotAsync(new() { Path = file, Animations = ScreenshotAnimations.Disabled });

    public async ValueTask DisposeAsync() => await _browser.DisposeAsync();
}
