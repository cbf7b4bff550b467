namespace Footfall.EndToEnd.Tracking;

public sealed class Chromium(SharedServer shared)
{
    [Fact]
    public async Task A_real_browser_reaches_the_server_as_a_person_and_not_as_a_bot()
    {
        await using var browser = await Needs.BrowserAsync();
        var page = await browser.OpenAsync(BrowserLook.Phone with { IsDark = true });
        var answer = await page.GotoAsync(new Uri(shared.Server.Address, "/healthz").ToString());
        Assert.Equal(200, answer!.Status);
        Assert.DoesNotContain("Headless", await page.EvaluateAsync<string>("navigator.userAgent"), StringComparison.Ordinal);
        Assert.Equal(390, await page.EvaluateAsync<int>("screen.width"));
        Assert.True(await page.EvaluateAsync<bool>("matchMedia('(prefers-color-scheme: dark)').matches"));
    }
}
