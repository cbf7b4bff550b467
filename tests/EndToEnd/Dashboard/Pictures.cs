namespace Footfall.EndToEnd.Dashboard;

/// <summary>The pictures that documents show. They are taken anew with FOOTFALL_UPDATE_DOCS=1, and are else only held to be there and small.</summary>
public sealed class Pictures(Shop shop)
{
    const int MostBytes = 250_000;
    const string Site = "/sites/" + Shop.Site;

    static readonly BrowserLook Desktop = BrowserLook.Desktop with { Height = 980 };

    [Theory]
    [InlineData("site", Site, false)]
    [InlineData("site-dark", Site, true)]
    [InlineData("report", Site + "/report/page", false)]
    public Task A_picture_of_a_page_is_there(string name, string path, bool isDark) => TakeAsync(name, path, Desktop with { IsDark = isDark });

    [Fact]
    public Task A_picture_of_a_phone_is_there() => TakeAsync("phone", Site, BrowserLook.Phone with { IsDark = true });

    async Task TakeAsync(string name, string path, BrowserLook look)
    {
        var file = new FileInfo(Path.Combine(ServerProcess.Root, "docs", "images", name + ".png"));
        if (Environment.GetEnvironmentVariable("FOOTFALL_UPDATE_DOCS") == "1")
        {
            await using var visit = await shop.OpenAsync(path, look);
            await visit.SettleAsync();
            file.Directory!.Create();
            await visit.Page.ScreenshotAsync(new() { Path = file.FullName, Animations = Microsoft.Playwright.ScreenshotAnimations.Disabled });
            file.Refresh();
        }
        Assert.True(file.Exists, $"{file.FullName} is missing: take it with FOOTFALL_UPDATE_DOCS=1.");
        Assert.InRange(file.Length, 1, MostBytes);
    }
}
