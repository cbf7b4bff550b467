using Footfall.Core.Accounts;
using Footfall.Server.Admin;
using Footfall.Tests.People;
using Microsoft.AspNetCore.Builder;

namespace Footfall.Tests.Admin;

public sealed class AccessTests
{
    [Fact]
    public void A_server_with_a_route_that_does_not_say_what_it_needs_does_not_start()
    {
        var app = WebApplication.CreateSlimBuilder().Build();
        app.MapGet("/open", () => "").WithMetadata(Need.Nothing);
        Access.Check(app);
        app.MapGet("/forgotten", () => "");
        Assert.Contains("/forgotten", Assert.Throws<InvalidOperationException>(() => Access.Check(app)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_is_remembered_until_it_is_revoked_and_its_use_is_written_later()
    {
        using var here = new CatalogOfPeople();
        var ring = new KeyRing(here.Grants, here.Clock);
        var key = here.Grants.AddKey(Account.First, "ff_", "reader", ApiScopes.Read, Secrets.HashOf("ff_secret"), here.Clock.GetUtcNow());
        Assert.Null(ring.CallerOf("ff_other"));
        Assert.Equal((ApiScopes.Read, Account.First), (ring.CallerOf("ff_secret")!.Scopes, ring.CallerOf("ff_secret")!.Account));
        Assert.Null(here.Grants.Keys(Account.First).Single().LastUsedAt);
        ring.WriteUses();
        Assert.Equal(here.Clock.GetUtcNow(), here.Grants.Keys(Account.First).Single().LastUsedAt);
        here.Grants.RemoveKey(Account.First, key.Id);
        ring.Forget(key.Id);
        Assert.Null(ring.CallerOf("ff_secret"));
    }
}
