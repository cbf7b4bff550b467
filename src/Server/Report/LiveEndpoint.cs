using Footfall.Core.Sites;
using Footfall.Server.Admin;

namespace Footfall.Server.Report;

/// <summary>What happens on a site, sent while the caller listens, as server-sent events.</summary>
sealed class LiveEndpoint(SiteDirectory directory, LiveSites live, Access access, IHostApplicationLifetime lifetime, TimeProvider clock)
{
    const string ContentType = "text/event-stream";

    /// <summary>How long a connection may be silent; proxies close one that says nothing for longer.</summary>
    static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/sites/{site}/live", StreamAsync).WithName("streamLive").WithTags("Reports")
            .WithSummary("Server-sent events named realtime: what happens on the site now, at once and within a second of every change.")
            .Produces<Core.Reports.RealtimeAnswer>(StatusCodes.Status200OK, ContentType)
            .ProducesProblem(404).ProducesProblem(503);

    async Task StreamAsync(string site, HttpContext context)
    {
        if (directory.Find(site) is not { } found)
        {
            await Problem.UnknownSite(site).WriteAsync(context);
            return;
        }
        using var listener = live.Listen(found);
        if (listener is null)
        {
            await new Problem(503, "Too many listen", $"at most {LiveSites.ListenersMax} may listen to a site at once", Limit: LiveSites.ListenersMax, RetryAfter: 30)
                .WriteAsync(context);
            return;
        }
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        context.Response.ContentType = ContentType;
        context.Response.Headers.CacheControl = "no-store, no-transform";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        try
        {
            await SendAsync(listener, context, ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The listener went away or the server stops; either way the stream just ends.
        }
    }

    /// <summary>Asked before each message, so that who is signed out, or whose link is taken back, hears nothing more.</summary>
    async Task SendAsync(LiveListener listener, HttpContext context, CancellationToken ended)
    {
        var response = context.Response;
        await response.StartAsync(ended);
        while (!ended.IsCancellationRequested)
        {
            var message = await listener.NextAsync(Silence, clock, ended);
            if (!access.IsStillAllowed(context))
                return;
            await response.BodyWriter.WriteAsync(message, ended);
        }
    }
}
