using System.Net;

namespace Footfall.Bench.Processes;

/// <summary>What Kestrel costs by itself: an endpoint with the server's own settings that reads the whole body, does nothing with it and answers 202.</summary>
static class EmptyEndpoint
{
    static readonly byte[] Answer = "{\"accepted\":1}"u8.ToArray();

    public static int Run(string port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 8 * 1024 * 1024;
            kestrel.Listen(IPAddress.Loopback, int.Parse(port));
        });
        var app = builder.Build();
        app.MapPost("/api/v1/events", (RequestDelegate)AcceptAsync);
        app.Run();
        return 0;
    }

    static async Task AcceptAsync(HttpContext context)
    {
        while (true)
        {
            var read = await context.Request.BodyReader.ReadAsync();
            context.Request.BodyReader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                break;
        }
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = Answer.Length;
        await context.Response.BodyWriter.WriteAsync(Answer);
    }
}
