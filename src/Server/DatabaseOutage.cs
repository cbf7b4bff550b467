using Footfall.Core.Accounts;

namespace Footfall.Server;

/// <summary>A request that needs the shared database while it cannot be reached is answered 503, and may be sent again. Why is for the operator, in the log.</summary>
static partial class DatabaseOutage
{
    const int RetryAfterSeconds = 5;

    public static async Task TellAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (DatabaseUnavailableException unavailable) when (!context.Response.HasStarted)
        {
            Unavailable(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(DatabaseOutage)), unavailable.Message);
            await new Problem(503, "The database cannot be reached", "nothing can be said of what was asked; try again", RetryAfter: RetryAfterSeconds).WriteAsync(context);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A request was answered 503: {Reason}")]
    static partial void Unavailable(ILogger logger, string reason);
}
