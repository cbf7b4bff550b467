using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Footfall.Core.Accounts;
using Footfall.Server.Admin;

namespace Footfall.Server.People;

/// <summary>
/// Who is signed in, by cookie. A session ends 14 days after it was last seen and 90 days after it began, or when it is revoked; its secret is
/// renewed every day, and the one before works on for two minutes, for requests that were under way.
/// </summary>
sealed class SignIns(IPeople people, IGrants grants, TimeProvider clock)
{
    static readonly TimeSpan Idle = TimeSpan.FromDays(14);
    static readonly TimeSpan Longest = TimeSpan.FromDays(90);
    static readonly TimeSpan RenewAfter = TimeSpan.FromDays(1);
    static readonly TimeSpan FormerWorksFor = TimeSpan.FromMinutes(2);
    static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(1);

    readonly Lazy<byte[]> _key = new(() => grants.Secret("request forgery", RandomNumberGenerator.GetBytes(32)));

    /// <summary>Signs a member in on the browser that asks, in place of whoever was.</summary>
    public Caller Start(HttpContext context, Member member)
    {
        End(context);
        var secret = Secrets.New();
        var agent = context.Request.Headers.UserAgent.ToString();
        var session = people.AddSession(
            member.Id, Secrets.HashOf(secret), clock.GetUtcNow(), agent[..Math.Min(agent.Length, 300)], context.Connection.RemoteIpAddress?.ToString() ?? "");
        SetCookie(context, secret, Longest);
        return CallerOf(member, session);
    }

    /// <summary>The person whose cookie a request brings; null when it brings none that works.</summary>
    public Caller? Find(HttpContext context)
    {
        if (context.Request.Cookies[NameFor(context)] is not { Length: > 0 } secret)
            return null;
        var (now, hash) = (clock.GetUtcNow(), Secrets.HashOf(secret));
        if (people.FindSession(hash, out var isFormer) is not { } session
            || now - session.CreatedAt > Longest
            || now - session.LastSeenAt > Idle
            || (isFormer && now - session.RenewedAt > FormerWorksFor)
            || people.FindMember(session.Member) is not { } member)
            return null;
        if (now - session.LastSeenAt >= SeenEvery)
            people.SeeSession(session, now);
        if (!isFormer && now - session.RenewedAt >= RenewAfter)
            Renew(context, session, hash, now);
        return CallerOf(member, session);
    }

    /// <summary>Ends the session of the browser that asks, if there is one.</summary>
    public void End(HttpContext context)
    {
        if (context.Request.Cookies[NameFor(context)] is not { Length: > 0 } secret)
            return;
        if (people.FindSession(Secrets.HashOf(secret), out _) is { } session)
            people.RemoveSession(session.Member, session.Id);
        SetCookie(context, "", TimeSpan.Zero);
    }

    /// <summary>What pages of this server must send with every change, and other sites' pages cannot know.</summary>
    public string TokenOf(Session session) => Base64Url.EncodeToString(
        HMACSHA256.HashData(_key.Value, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{session.Id} {session.CreatedAt.ToUnixTimeMilliseconds()}"))));

    /// <summary>Deletes what has expired.</summary>
    public void Forget()
    {
        var now = clock.GetUtcNow();
        people.Forget(now, now - Longest, now - Idle);
    }

    static Caller CallerOf(Member member, Session session) => new(member.Account, member.Role) { Person = member, Session = session };

    void Renew(HttpContext context, Session session, byte[] former, DateTimeOffset now)
    {
        var secret = Secrets.New();
        if (people.RenewSession(former, Secrets.HashOf(secret), now))
            SetCookie(context, secret, session.CreatedAt + Longest - now);
    }

    /// <summary>The prefix has browsers take the cookie from this very host and over TLS alone.</summary>
    static string NameFor(HttpContext context) => context.Request.IsHttps ? "__Host-footfall_session" : "footfall_session";

    static void SetCookie(HttpContext context, string secret, TimeSpan lasts) => context.Response.Cookies.Append(NameFor(context), secret, new CookieOptions
    {
        HttpOnly = true,
        IsEssential = true,
        MaxAge = lasts,
        Path = "/",
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
    });
}
