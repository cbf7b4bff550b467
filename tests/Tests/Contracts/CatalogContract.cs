using Footfall.Core.Accounts;
using Footfall.Core.Sites;

namespace Footfall.Tests.Contracts;

/// <summary>What every catalog promises. A subclass per implementation opens the same one each time, empty at first.</summary>
public abstract class CatalogContract
{
    static readonly DateOnly Day = new(2026, 1, 31);
    static readonly DateTimeOffset Due = new(2026, 2, 3, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_site_is_there_after_reopening_with_everything_said_of_it()
    {
        var settings = new SiteSettings { Address = AddressPrivacy.Drop, KeptQueryParameters = ["id"], VisitTimeoutMinutes = 60 };
        Using(catalog =>
        {
            catalog.AddSite(["a.example", "b.example"], "Europe/Berlin", "EUR", settings);
            catalog.AddSite(["c.example"], "UTC", "USD", SiteSettings.Default, account: 7);
        });
        Using(again =>
        {
            var sites = again.Sites();
            Assert.Equal(["a.example", "b.example"], sites[0].Domains);
            Assert.Equal(("Europe/Berlin", "EUR", Account.First), (sites[0].TimeZone, sites[0].Currency, sites[0].Account));
            Assert.Equal((AddressPrivacy.Drop, 60, "id"), (sites[0].Settings.Address, sites[0].Settings.VisitTimeoutMinutes, sites[0].Settings.KeptQueryParameters[0]));
            Assert.Same(SiteSettings.Default, sites[1].Settings);
            Assert.Equal(7, sites[1].Account);
        });
    }

    [Fact]
    public void A_domain_belongs_to_one_site_and_an_id_is_never_given_again() => Using(catalog =>
    {
        var first = catalog.AddSite(["a.example"], "UTC", "EUR", SiteSettings.Default);
        var taken = Assert.Throws<CatalogConflictException>(() => catalog.AddSite(["x.example", "A.EXAMPLE"], "UTC", "EUR", SiteSettings.Default));
        Assert.Equal("the domain A.EXAMPLE belongs to another site", taken.Message);
        Assert.Single(catalog.Sites());
        Assert.True(catalog.RemoveSite(first.Id));
        Assert.False(catalog.RemoveSite(first.Id));
        Assert.NotEqual(first.Id, catalog.AddSite(["a.example"], "UTC", "EUR", SiteSettings.Default).Id);
    });

    [Fact]
    public void A_change_of_a_site_replaces_what_was_said_or_nothing() => Using(catalog =>
    {
        var site = catalog.AddSite(["a.example", "b.example"], "UTC", "EUR", SiteSettings.Default);
        catalog.AddSite(["taken.example"], "UTC", "EUR", SiteSettings.Default);
        Assert.Throws<CatalogConflictException>(() => catalog.UpdateSite(site with { Domains = ["c.example", "taken.example"], Currency = "USD" }));
        Assert.Equal(("EUR", "a.example"), (catalog.Sites()[0].Currency, catalog.Sites()[0].Domain));
        Assert.True(catalog.UpdateSite(site with { Domains = ["c.example", "a.example"], TimeZone = "Asia/Tokyo" }));
        Assert.Equal(["c.example", "a.example"], catalog.Sites()[0].Domains);
        Assert.Equal("Asia/Tokyo", catalog.Sites()[0].TimeZone);
        catalog.AddSite(["b.example"], "UTC", "EUR", SiteSettings.Default);
        Assert.False(catalog.UpdateSite(site with { Id = 4711 }));
    });

    [Fact]
    public void Annotations_are_of_one_site_by_day_and_go_with_it() => Using(catalog =>
    {
        var (site, other) = (catalog.AddSite(["a.example"], "UTC", "EUR", SiteSettings.Default), catalog.AddSite(["b.example"], "UTC", "EUR", SiteSettings.Default));
        var late = catalog.AddAnnotation(site.Id, Day, "sale");
        var early = catalog.AddAnnotation(site.Id, Day.AddDays(-1), "launch");
        Assert.Equal([early, late], catalog.Annotations(site.Id));
        Assert.False(catalog.UpdateAnnotation(late with { Site = other.Id, Text = "theirs" }));
        Assert.False(catalog.RemoveAnnotation(other.Id, late.Id));
        Assert.True(catalog.UpdateAnnotation(late with { Date = Day.AddDays(-2), Text = "sale ’26" }));
        Assert.Equal(["sale ’26", "launch"], catalog.Annotations(site.Id).Select(annotation => annotation.Text));
        Assert.True(catalog.RemoveAnnotation(site.Id, early.Id));
        Assert.True(catalog.RemoveSite(site.Id));
        Assert.Empty(catalog.Annotations(site.Id));
    });

    [Fact]
    public void A_days_secret_stays_until_it_is_destroyed_and_is_then_gone_from_the_files()
    {
        var secret = Enumerable.Range(100, 32).Select(value => (byte)value).ToArray();
        Using(catalog =>
        {
            Assert.Equal(secret, catalog.DailySecret(Day, secret, Due));
            Assert.Equal(secret, catalog.DailySecret(Day, new byte[32], Due));
            Assert.Equal(0, catalog.DestroySecrets(Due));
            Assert.Equal(1, catalog.DestroySecrets(Due.AddSeconds(1)));
            Assert.Equal(new byte[32], catalog.DailySecret(Day, new byte[32], Due));
        });
        foreach (var file in FilesAtRest())
            Assert.Equal(-1, File.ReadAllBytes(file).AsSpan().IndexOf(secret));
    }

    [Fact]
    public void A_days_secret_lasts_as_long_as_the_longest_that_was_asked_for() => Using(catalog =>
    {
        catalog.DailySecret(Day, new byte[32], Due);
        catalog.DailySecret(Day, new byte[32], Due.AddDays(1));
        catalog.DailySecret(Day, new byte[32], Due.AddHours(1));
        Assert.Equal(0, catalog.DestroySecrets(Due.AddHours(23)));
        Assert.Equal(1, catalog.DestroySecrets(Due.AddHours(25)));
    });

    [Fact]
    public async Task Of_nodes_that_ask_for_a_days_secret_at_once_all_get_the_same()
    {
        var secrets = await Task.WhenAll(Enumerable.Range(1, 8).Select(node => Task.Run(() =>
        {
            var secret = Array.Empty<byte>();
            Using(catalog => secret = catalog.DailySecret(Day, [.. Enumerable.Repeat((byte)node, 32)], Due));
            return secret;
        })));
        Assert.All(secrets, secret => Assert.Equal(secrets[0], secret));
    }

    /// <summary>Opens the catalog of this test, and closes it again.</summary>
    protected abstract void Using(Action<ICatalog> act);

    /// <summary>Every file that holds rows of the catalog, as a thief would find it.</summary>
    protected abstract IEnumerable<string> FilesAtRest();
}
