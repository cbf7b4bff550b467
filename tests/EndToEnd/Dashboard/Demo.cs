using static Footfall.EndToEnd.Dashboard.Visit;

namespace Footfall.EndToEnd.Dashboard;

public sealed class Demo
{
    [Fact]
    public async Task The_address_that_the_demo_prints_opens_a_filled_dashboard_whatever_the_age_of_the_log()
    {
        var folder = Directory.CreateTempSubdirectory("footfall-demo-");
        using var demo = ServerProcess.Start(
            new ServerOptions { Environment = new Dictionary<string, string> { ["FOOTFALL_HOME"] = ServerProcess.Root } },
            ["demo", "--data", folder.FullName, "--listen", "127.0.0.1:0"]);
        try
        {
            var link = await LinkAsync(demo.StandardOutput);
            await using var browser = await Needs.BrowserAsync();
            var page = await browser.OpenAsync(null);
            await page.GotoAsync(link);
            await Expect(page.GetByTestId("top-pageviews")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("[1-9]"));
            await Expect(page.Locator("[data-panel=pages] .rank-row").First).ToBeVisibleAsync();
            await Expect(page.GetByText("Nobody came in this period")).ToHaveCountAsync(0);
        }
        finally
        {
            demo.Kill();
            await demo.WaitForExitAsync(TestContext.Current.CancellationToken);
            folder.Delete(recursive: true);
        }
    }

    static async Task<string> LinkAsync(StreamReader output)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await output.ReadLineAsync(timeout.Token) is { } line)
        {
            if (line.IndexOf("http://", StringComparison.Ordinal) is >= 0 and var start && line.Contains("/enter?", StringComparison.Ordinal))
                return line[start..];
        }
        throw new InvalidOperationException("The demo ended before it printed the address of its dashboard.");
    }
}
