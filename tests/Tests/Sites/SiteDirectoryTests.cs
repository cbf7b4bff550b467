using Footfall.Core.Sites;

namespace Footfall.Tests.Sites;

public sealed class SiteDirectoryTests
{
    readonly SiteDirectory _directory = new();

    [Fact]
    public void A_site_is_found_by_id_and_by_any_of_its_domains()
    {
        var site = Made(7, "example.com", "www.example.org");
        _directory.Load([site]);
        Assert.All((string[])["7", "example.com", "EXAMPLE.com", "www.example.org"], name => Assert.Same(site, _directory.Find(name)));
        Assert.Null(_directory.Find("example.org"));
        Assert.Null(_directory.Find("8"));
    }

    [Fact]
    public void A_domain_that_a_site_gave_up_is_nobodys_and_may_become_anothers()
    {
        _directory.Load([Made(1, "a.example", "b.example")]);
        _directory.Put(Made(1, "a.example", "c.example"));
        Assert.Null(_directory.Find("b.example"));
        _directory.Put(Made(2, "b.example"));
        Assert.Equal((1, 2, 1), (_directory.Find("A.example")!.Id, _directory.Find("b.example")!.Id, _directory.Find("c.example")!.Id));
    }

    [Fact]
    public void A_deleted_site_is_gone_by_every_name_and_from_the_list()
    {
        var gone = Made(2, "b.example");
        _directory.Load([Made(3, "c.example"), gone, Made(1, "a.example")]);
        Assert.Equal([1, 2, 3], _directory.All.Select(site => site.Id));
        _directory.Remove(gone);
        Assert.Equal([1, 3], _directory.All.Select(site => site.Id));
        Assert.Null(_directory.Find("b.example"));
        Assert.Null(_directory.ById(2));
    }

    static Site Made(int id, params string[] domains) => new(id, domains, "UTC", "EUR", SiteSettings.Default);
}
