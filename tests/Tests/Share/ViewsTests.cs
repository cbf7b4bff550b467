using Footfall.Core.Accounts;
using Footfall.Core.Sites;
using Footfall.Server.Admin;
using Footfall.Server.Share;
using Footfall.Tests.People;

namespace Footfall.Tests.Share;

public sealed class ViewsTests : IDisposable
{
    readonly CatalogOfPeople _here = new();
    readonly SiteDirectory _directory = new();
    readonly Views _views;
    readonly Site _site;

    public ViewsTests()
    {
        _views = new Views(_here.Grants, _directory, _here.Clock);
        _site = _here.Catalog.AddSite(["a.example"], "UTC", "EUR", SiteSettings.Default);
        _directory.Put(_site);
    }

    public void Dispose() => _here.Dispose();

    [Fact]
    public void An_embed_token_opens_its_site_until_it_expires()
    {
        var token = _views.Sign(_site.Id, "[]", TimeSpan.FromHours(1));
        Assert.Equal(_site.Id, _views.CallerOf(token)!.View!.Site);
        _here.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Null(_views.CallerOf(token));
    }

    [Theory]
    [InlineData("fe_")]
    [InlineData("fe_.")]
    [InlineData("fe_e30.")]
    [InlineData("fe_e30.e30")]
    [InlineData("fe_a.b.c")]
    [InlineData("fe_ä.ö")]
    [InlineData("fs_none")]
    [InlineData("")]
    public void What_was_not_made_here_opens_nothing(string token) => Assert.Null(_views.CallerOf(token));

    [Fact]
    public void Another_installations_token_opens_nothing()
    {
        using var elsewhere = new CatalogOfPeople();
        var token = new Views(elsewhere.Grants, _directory, elsewhere.Clock).Sign(_site.Id, "[]", TimeSpan.FromHours(1));
        Assert.Null(_views.CallerOf(token));
    }

    [Fact]
    public void A_site_that_is_deleted_takes_its_links_with_it()
    {
        var link = _here.Grants.AddLink(_site.Id, "all", Views.NewLinkToken(), null, "[]");
        var token = _views.Sign(_site.Id, "[]", TimeSpan.FromHours(1));
        Assert.NotNull(_views.CallerOf(link.Token));
        _here.Catalog.RemoveSite(_site.Id);
        _directory.Remove(_site);
        Assert.Null(_views.CallerOf(link.Token));
        Assert.Null(_views.CallerOf(token));
        Assert.Null(_here.Grants.FindLink(link.Token));
    }

    [Fact]
    public void Nobody_reaches_a_site_of_another_account_and_a_view_reaches_its_own_alone()
    {
        var theirs = new Site(99, ["b.example"], "UTC", "EUR", SiteSettings.Default) { Account = 2 };
        var another = new Site(98, ["c.example"], "UTC", "EUR", SiteSettings.Default);
        Assert.All([Caller.Operator, new Caller(Account.First, Role.Owner), new Caller(Account.First, Scopes: ApiScopes.All)], caller =>
        {
            Assert.True(caller.Reaches(_site));
            Assert.False(caller.Reaches(theirs));
        });
        var view = _views.CallerOf(_views.Sign(_site.Id, "[]", TimeSpan.FromHours(1)))!;
        Assert.True(view.Reaches(_site));
        Assert.False(view.Reaches(another));
    }
}
