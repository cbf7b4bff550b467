using Footfall.Core.Accounts;

namespace Footfall.Tests.Contracts;

/// <summary>What every store of keys and shared links promises. A subclass per implementation opens an empty one.</summary>
public abstract class GrantsContract
{
    static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    protected abstract IGrants Grants { get; }

    [Fact]
    public void A_key_opens_until_it_is_removed_by_its_own_account()
    {
        var key = Grants.AddKey(Account.First, "ff_abcde", "import", ApiScopes.Read | ApiScopes.Import, [1, 2], Now);
        Assert.Equal(key, Grants.FindKey([1, 2]));
        Assert.Null(Grants.FindKey([1]));
        Grants.SeeKey(key.Id, Now.AddHours(1));
        Assert.Equal(Now.AddHours(1), Grants.FindKey([1, 2])!.LastUsedAt);
        Assert.Empty(Grants.Keys(2));
        Assert.False(Grants.RemoveKey(2, key.Id));
        Assert.True(Grants.RemoveKey(Account.First, key.Id));
        Assert.False(Grants.RemoveKey(Account.First, key.Id));
        Assert.Null(Grants.FindKey([1, 2]));
        var later = Grants.AddKey(Account.First, "ff_abcde", "again", ApiScopes.All, [3], Now);
        Assert.NotEqual(key.Id, later.Id);
        Assert.Equal([later], Grants.Keys(Account.First));
    }

    [Fact]
    public void A_link_is_found_by_its_token_and_by_its_id_until_it_is_removed_by_its_own_site()
    {
        var site = NewSite();
        var link = Grants.AddLink(site, "for the board", "fs_1", "hash", "[]");
        var open = Grants.AddLink(site, "for all", "fs_2", null, "[{}]");
        Assert.Equal(link, Grants.FindLink("fs_1"));
        Assert.Equal(open, Grants.FindLink(open.Id));
        Assert.Equal([link, open], Grants.Links(site));
        Assert.False(Grants.RemoveLink(site + 1, link.Id));
        Assert.True(Grants.RemoveLink(site, link.Id));
        Assert.Null(Grants.FindLink("fs_1"));
        Assert.Null(Grants.FindLink(link.Id));
    }

    [Fact]
    public async Task A_secret_is_made_once_and_the_same_for_all()
    {
        var secrets = await Task.WhenAll(Enumerable.Range(1, 8).Select(node => Task.Run(() => Grants.Secret("embed tokens", [.. Enumerable.Repeat((byte)node, 32)]))));
        Assert.All(secrets, secret => Assert.Equal(secrets[0], secret));
        Assert.Equal(secrets[0], Grants.Secret("embed tokens", new byte[32]));
        Assert.Equal(new byte[32], Grants.Secret("another", new byte[32]));
    }

    /// <summary>A site in the catalog that the links are of.</summary>
    protected abstract int NewSite();
}
