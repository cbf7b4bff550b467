using Footfall.Server.Settings;

namespace Footfall.Server.Collect;

/// <summary>
/// What the balancer calls a request, in the header <c>X-Request-Id</c>: the same each time it sends it, so that what it sends to two collectors
/// is counted once. From anybody but a trusted proxy the header is dropped: a client could have its events taken for another's.
/// </summary>
static class RequestIds
{
    const string Header = "X-Request-Id";
    const int LengthMax = 128;

    /// <summary>Before the address of the proxy gives way to that of the client.</summary>
    public static Task KeepFromProxiesAsync(HttpContext context, FootfallSettings settings, RequestDelegate next)
    {
        if (context.Request.Headers.ContainsKey(Header) && !IsTrusted(context, settings))
            context.Request.Headers.Remove(Header);
        return next(context);
    }

    public static string? Of(HttpRequest request) => request.Headers[Header] is [{ Length: > 0 and <= LengthMax } id] ? id : null;

    static bool IsTrusted(HttpContext context, FootfallSettings settings)
    {
        var peer = context.Connection.RemoteIpAddress;
        return peer is not null && settings.TrustedProxies.Any(network => network.Contains(peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer));
    }
}
