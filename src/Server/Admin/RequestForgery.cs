using System.Security.Cryptography;
using System.Text;

namespace Footfall.Server.Admin;

/// <summary>Keeps other sites' pages from acting in the name of who is signed in here, whose cookie the browser sends along.</summary>
static class RequestForgery
{
    const string Header = "X-Csrf-Token";

    /// <summary>Whether a change comes from a page of this server, as the browser tells it; what is no browser tells nothing.</summary>
    public static Problem? Check(HttpRequest request)
    {
        if (IsSafe(request.Method))
            return null;
        if (request.Headers["Sec-Fetch-Site"] is [{ Length: > 0 } site])
            return site is "same-origin" or "none" ? null : Foreign();
        return request.Headers.Origin is not [{ } origin] || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority == AuthorityOf(request))
            ? null
            : Foreign();
    }

    /// <summary>The same, and that the page knows the token of the session.</summary>
    public static Problem? Check(HttpRequest request, string token)
    {
        if (IsSafe(request.Method))
            return null;
        var given = Encoding.UTF8.GetBytes(request.Headers[Header].ToString());
        return CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes(token))
            ? Check(request)
            : new Problem(403, "The request could not be checked", $"send the csrf value of GET /api/v1/session as the header {Header}") { Type = "/problems/csrf" };
    }

    /// <summary>As an origin writes it: without the port that goes without saying.</summary>
    static string AuthorityOf(HttpRequest request) =>
        Uri.TryCreate($"{request.Scheme}://{request.Host}", UriKind.Absolute, out var own) ? own.Authority : "";

    static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    static Problem Foreign() => new(403, "The request comes from another site", "only the pages of this server may do this") { Type = "/problems/csrf" };
}
