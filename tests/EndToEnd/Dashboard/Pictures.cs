namespace Footfall.EndToEnd.Dashboard;

/// <summary>The pictures that documents show of the shop.</summary>
public sealed class Pictures(Shop shop)
{
    const string Site = "/sites/" + Shop.Site;

    static readonly BrowserLook Desktop = BrowserLook.Desktop with { Height = 980 };

    [Theory]
    [InlineData("site", Site, false)]
    [InlineData("site-dark", Site, true)]
    [InlineData("report", Site + "/report/page", false)]
    public Task A_picture_of_a_page_is_there(string name, string path, bool isDark) => TakeAsync(name, path, Desktop with { IsDark = isDark });

    [Fact]
    public Task A_picture_of_a_phone_is_there() => TakeAsync("phone", Site, BrowserLook.Phone with { IsDark = true });

    Task TakeAsync(string name, string path, BrowserLook look) => Picture.HoldAsync(name, async file =>
    {
        await using var visit = await shop.OpenAsync(path, look);
        await visit.SettleAsync();
        await visit.ShootAsync(file);
    });
}
