using Footfall.Adapters.Sqlite;
using Footfall.Core.Sites;

namespace Footfall.Tests.Adapters.Sqlite;

public sealed class SqliteCatalogTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("footfall-catalog").FullName;

    string File => Path.Combine(_folder, "catalog.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_site_is_there_after_reopening_with_everything_said_of_it()
    {
        var settings = new SiteSettings { Address = AddressPrivacy.Drop, KeptQueryParameters = ["id"], VisitTimeoutMinutes = 60 };
        using (var catalog = new SqliteCatalog(File))
        {
            catalog.AddSite(["a.example", "b.example"], "Europe/Berlin", "EUR", settings);
            catalog.AddSite(["c.example"], "UTC", "USD", SiteSettings.Default);
        }
        using var again = new SqliteCatalog(File);
        var sites = again.Sites();
        Assert.Equal(["a.example", "b.example"], sites[0].Domains);
        Assert.Equal((AddressPrivacy.Drop, 60, "id"), (sites[0].Settings.Address, sites[0].Settings.VisitTimeoutMinutes, sites[0].Settings.KeptQueryParameters[0]));
        Assert.Same(SiteSettings.Default, sites[1].Settings);
    }

    [Fact]
    public void A_domain_belongs_to_one_site_and_an_id_is_never_given_again()
    {
        using var catalog = new SqliteCatalog(File);
        var first = catalog.AddSite(["a.example"], "UTC", "EUR", SiteSettings.Default);
        Assert.Throws<CatalogConflictException>(() => catalog.AddSite(["x.example", "A.EXAMPLE"], "UTC", "EUR", SiteSettings.Default));
        Assert.Single(catalog.Sites());
        Assert.True(catalog.RemoveSite(first.Id));
        Assert.NotEqual(first.Id, catalog.AddSite(["a.example"], "UTC", "EUR", SiteSettings.Default).Id);
    }

    [Fact]
    public void A_days_secret_stays_until_it_is_destroyed_and_is_then_gone_from_the_file()
    {
        var day = new DateOnly(2026, 1, 31);
        var due = new DateTimeOffset(2026, 2, 3, 0, 0, 0, TimeSpan.Zero);
        var secret = Enumerable.Range(100, 32).Select(value => (byte)value).ToArray();
        using (var catalog = new SqliteCatalog(File))
        {
            Assert.Equal(secret, catalog.DailySecret(day, secret, due));
            Assert.Equal(secret, catalog.DailySecret(day, new byte[32], due));
            Assert.Equal(0, catalog.DestroySecrets(due));
            Assert.Equal(1, catalog.DestroySecrets(due.AddSeconds(1)));
            Assert.Equal(new byte[32], catalog.DailySecret(day, new byte[32], due));
        }
        foreach (var file in Directory.GetFiles(_folder))
            Assert.Equal(-1, System.IO.File.ReadAllBytes(file).AsSpan().IndexOf(secret));
    }
}
