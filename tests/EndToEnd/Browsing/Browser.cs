using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Playwright;

namespace Footfall.EndToEnd.Browsing;

/// <summary>
/// A real Chromium without a window. Each page it opens is another person's: cookies and storage are its own. When it goes, what its pages
/// looked like and said last is left below artifacts/browser and told to the caller, which matters when the test has failed.
/// </summary>
public sealed class Browser : IAsyncDisposable
{
    /// <summary>What a test machine needs: no network but the test's, no sandbox for root, nothing that asks home.</summary>
    public static readonly IReadOnlyList<string> Flags =
    [
        $"--user-agent={Browsers.Desktop}", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    readonly IPlaywright _playwright;
    readonly IBrowser _chromium;
    readonly string _story;
    readonly Action<string> _tell;
    readonly List<IPage> _pages = [];

    // Written by Playwright's own thread.
    readonly ConcurrentQueue<string> _console = new();

    Browser(IPlaywright playwright, IBrowser chromium, string story, Action<string> tell) =>
        (_playwright, _chromium, _story, _tell) = (playwright, chromium, story, tell);

    /// <summary>What the pages have written to their consoles, their uncaught errors and their failed requests.</summary>
    public IReadOnlyCollection<string> Console => _console;

    /// <param name="executable">Chromium's own program; Playwright's download is not used.</param>
    /// <param name="story">Names the files that are left behind.</param>
    /// <param name="tell">Gets the last words of the pages.</param>
    /// <param name="remembersPages">Going back shows a page as it was left, as in people's browsers; Playwright then waits in vain for it to load.</param>
    /// <param name="flags">More flags for Chromium.</param>
    public static async Task<Browser> StartAsync(
        string executable, string story, Action<string> tell, bool remembersPages = false, params IEnumerable<string> flags)
    {
        var playwright = await Playwright.CreateAsync();
        try
        {
            var chromium = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = executable,
                Args = [.. Flags, .. flags],
                IgnoreDefaultArgs = remembersPages ? ["--disable-back-forward-cache"] : [],
            });
            return new Browser(playwright, chromium, story, tell);
        }
        catch
        {
            playwright.Dispose();
            throw;
        }
    }

    /// <summary>A page of a person who was never here before. Its context can be taken offline, and other pages of the same person opened in it.</summary>
    public async Task<IPage> OpenAsync(BrowserLook? look = null)
    {
        look ??= BrowserLook.Desktop;
        var person = await _chromium.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = look.Width, Height = look.Height },
            ColorScheme = look.IsDark ? ColorScheme.Dark : ColorScheme.Light,
            HasTouch = look.IsPhone,
            IsMobile = look.IsPhone,
            JavaScriptEnabled = look.HasScripts,
            Locale = look.Locale,
            TimezoneId = look.TimeZone,
            UserAgent = look.Agent == Browsers.Desktop ? null : look.Agent,
            ExtraHTTPHeaders = look.Headers,
        });
        person.SetDefaultTimeout(15_000);
        person.Page += (_, page) => Follow(page);
        return await person.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await LeaveBehindAsync();
        await _chromium.DisposeAsync();
        _playwright.Dispose();
    }

    void Follow(IPage page)
    {
        lock (_pages)
            _pages.Add(page);
        page.Console += (_, message) => _console.Enqueue($"{message.Type}: {message.Text}");
        page.PageError += (_, error) => _console.Enqueue("uncaught: " + error);
        page.RequestFailed += (_, request) => _console.Enqueue($"failed: {request.Method} {request.Url}: {request.Failure}");
    }

    async Task LeaveBehindAsync()
    {
        var folder = Directory.CreateDirectory(Path.Combine(ServerProcess.Root, "artifacts", "browser")).FullName;
        foreach (var (index, page) in _pages.Index().Where(open => !open.Item.IsClosed))
        {
            var picture = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{_story}-{index + 1}.png"));
            try
            {
                await page.ScreenshotAsync(new PageScreenshotOptions { Path = picture, Timeout = 5_000 });
                _tell($"{page.Url} looked like {picture}");
            }
            catch (Exception gone) when (gone is PlaywrightException or TimeoutException)
            {
                _tell($"{page.Url} could not be pictured: {gone.Message}");
            }
        }
        foreach (var line in _console)
            _tell(line);
    }
}
