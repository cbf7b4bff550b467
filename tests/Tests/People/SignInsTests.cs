using System.Net;
using Footfall.Server.People;
using Microsoft.AspNetCore.Http;

namespace Footfall.Tests.People;

public sealed class SignInsTests : IDisposable
{
    readonly CatalogOfPeople _here = new();
    readonly SignIns _signIns;

    public SignInsTests() => _signIns = new SignIns(_here.People, _here.Grants, _here.Clock);

    public void Dispose() => _here.Dispose();

    [Fact]
    public void A_session_ends_fourteen_days_after_it_was_last_seen()
    {
        var cookie = Start();
        _here.Clock.Advance(TimeSpan.FromDays(14));
        cookie = Seen(cookie);
        _here.Clock.Advance(TimeSpan.FromDays(14) + TimeSpan.FromSeconds(1));
        Assert.Null(_signIns.Find(With(cookie)));
    }

    [Fact]
    public void A_session_ends_ninety_days_after_it_began_however_often_it_is_seen()
    {
        var cookie = Start();
        for (var day = 0; day < 90; day++)
        {
            _here.Clock.Advance(TimeSpan.FromDays(1));
            cookie = Seen(cookie);
        }
        _here.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(_signIns.Find(With(cookie)));
        _signIns.Forget();
        Assert.Empty(_here.People.Sessions(_here.Ada.Id));
    }

    [Fact]
    public void The_secret_is_renewed_every_day_and_the_one_before_works_for_two_minutes_more()
    {
        var first = Start();
        var token = _signIns.TokenOf(_signIns.Find(With(first))!.Session!);
        _here.Clock.Advance(TimeSpan.FromDays(1));
        var second = Seen(first);
        Assert.NotEqual(first, second);
        // A request that was under way when the secret was renewed renews nothing again.
        var underWay = With(first);
        Assert.NotNull(_signIns.Find(underWay));
        Assert.Null(CookieOf(underWay));
        _here.Clock.Advance(TimeSpan.FromMinutes(2) + TimeSpan.FromSeconds(1));
        Assert.Null(_signIns.Find(With(first)));
        Assert.Equal(token, _signIns.TokenOf(_signIns.Find(With(second))!.Session!));
    }

    [Fact]
    public void Over_TLS_the_cookie_is_bound_to_the_host_and_never_sent_without()
    {
        var context = new DefaultHttpContext();
        context.Request.Scheme = "https";
        _signIns.Start(context, _here.Ada);
        var cookie = context.Response.Headers.SetCookie.Single()!;
        Assert.StartsWith("__Host-footfall_session=", cookie, StringComparison.Ordinal);
        Assert.Contains("; secure", cookie, StringComparison.Ordinal);
        Assert.Contains("; path=/", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("domain", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Signing_in_again_ends_the_session_the_browser_had()
    {
        var first = Start();
        _signIns.Start(With(first), _here.Ada);
        Assert.Null(_signIns.Find(With(first)));
        Assert.Single(_here.People.Sessions(_here.Ada.Id));
    }

    [Fact]
    public void A_link_that_signs_in_works_for_half_an_hour_and_once()
    {
        var links = new EntryLinks(_here.People, _here.Clock);
        Assert.Null(links.ForSignUp());
        var token = links.For(_here.Ada).Split("token=")[1];
        _here.Clock.Advance(TimeSpan.FromMinutes(29));
        Assert.Equal(_here.Ada.Id, links.Find(token)!.Member);
        _here.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(links.Find(token));
        var another = links.For(_here.Ada).Split("token=")[1];
        Assert.True(links.Spend(another));
        Assert.False(links.Spend(another));
        Assert.Null(links.Find(another));
    }

    string Start()
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Loopback;
        _signIns.Start(context, _here.Ada);
        return CookieOf(context)!;
    }

    /// <summary>The cookie after a request that must have been let in.</summary>
    string Seen(string cookie)
    {
        var context = With(cookie);
        Assert.NotNull(_signIns.Find(context));
        return CookieOf(context) ?? cookie;
    }

    static DefaultHttpContext With(string cookie)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Cookie = cookie;
        return context;
    }

    static string? CookieOf(HttpContext context) => context.Response.Headers.SetCookie.LastOrDefault()?.Split(';')[0];
}
