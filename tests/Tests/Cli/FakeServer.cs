using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Footfall.Server.Cli;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Footfall.Tests.Cli;

/// <summary>The HTTP API over memory: enough of it for commands, with answers that tests can script.</summary>
sealed class FakeServer : IRunningServer
{
    readonly WebApplication _app;
    readonly TaskCompletionSource _stopped = new();

    FakeServer(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    /// <summary>As if the server had been started again, when it changes.</summary>
    public string Token { get; set; } = "secret-of-the-fake";

    public string? MakeFirstKey() => null;

    public Task Stopped => _stopped.Task;

    /// <summary>Every event accepted, by its id; what came twice is counted.</summary>
    public ConcurrentDictionary<string, JsonElement> Events { get; } = [];

    public int Duplicates;

    public int Requests;

    /// <summary>Decides about a request for events before the server does; null lets it through.</summary>
    public Func<int, IReadOnlyList<JsonElement>, IResult?> Script { get; set; } = (_, _) => null;

    public ConcurrentQueue<string> Reports { get; } = [];

    public List<string> Domains { get; } = [];

    public bool Disposed { get; private set; }

    public static async Task<FakeServer> StartAsync(params string[] domains)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new FakeServer(app);
        server.Domains.AddRange(domains);
        app.Use(server.AuthorizeAsync);
        server.Map();
        await app.StartAsync();
        server.Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        Disposed = true;
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    async Task AuthorizeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Headers.Authorization != "Bearer " + Token)
            context.Response.StatusCode = 401;
        else
            await next(context);
    }

    void Map()
    {
        _app.MapGet("/api/v1/status", () => Json(
            $$"""{"version":"{{CommandLine.Version}}","definition_version":"1","log":{"unavailable":null,"bytes":1},"processor":{"position":{{Requests}},"lag_bytes":0,"failed":null},"geography":{"version":"g","attribution":"Places by G."},"sites":{{Domains.Count}}}"""));
        _app.MapGet("/api/v1/sites", () => Json($$"""{"sites":[{{string.Join(',', Domains.Select((_, index) => Site(index)))}}],"total":{{Domains.Count}}}"""));
        _app.MapGet("/api/v1/sites/{name}", (string name) => Find(name) is >= 0 and var at ? Json(Site(at)) : Results.NotFound());
        _app.MapDelete("/api/v1/sites/{name}", (string name) => Find(name) >= 0 && Domains.Remove(name) ? Results.NoContent() : Results.NotFound());
        _app.MapPost("/api/v1/sites", (Delegate)AddAsync);
        _app.MapPost("/api/v1/events", (Delegate)TakeAsync);
        _app.MapPost("/api/v1/sites/{name}/reports", (Delegate)ReportAsync);
        _app.MapGet("/api/v1/sites/{name}/ledger", () => Json(
            $$$"""{"site":1,"hours":[],"totals":{"accepted":{{{Events.Count + Duplicates}}},"counted":{{{Events.Count}}},"duplicate":{{{Duplicates}}},"bot":0,"refused":{}},"pending":0}"""));
    }

    int Find(string name) => int.TryParse(name, out var id) ? (id <= Domains.Count ? id - 1 : -1) : Domains.IndexOf(name);

    string Site(int index) => string.Create(CultureInfo.InvariantCulture,
        $$$"""{"id":{{{index + 1}}},"domains":["{{{Domains[index]}}}"],"time_zone":"UTC","currency":"EUR","settings":{"visit_timeout_minutes":30}}""");

    async Task<IResult> AddAsync(HttpContext context)
    {
        using var document = await JsonDocument.ParseAsync(context.Request.Body);
        var zone = document.RootElement.GetProperty("time_zone").GetString()!;
        if (zone == "Mars/Base")
            return Json("""{"title":"Bad","detail":"The time zone Mars/Base does not exist."}""", 400);
        Domains.Add(document.RootElement.GetProperty("domains")[0].GetString()!);
        return Json(Site(Domains.Count - 1), 201);
    }

    async Task<IResult> TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        var events = body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToList();
        if (events.Count > 1000 || Encoding.UTF8.GetByteCount(body) > 1024 * 1024)
            return Json("""{"title":"Too large"}""", 413);
        if (Script(Interlocked.Increment(ref Requests), events) is { } scripted)
            return scripted;
        foreach (var added in events)
        {
            if (!Events.TryAdd(added.GetProperty("event_id").GetString()!, added))
                Interlocked.Increment(ref Duplicates);
        }
        return Json($$"""{"accepted":{{events.Count}}}""", 202);
    }

    async Task<IResult> ReportAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var question = await reader.ReadToEndAsync();
        Reports.Enqueue(question);
        if (context.Request.Headers.Accept == "text/csv")
            return Results.Text("visitors\n3\n", "text/csv");
        using var document = JsonDocument.Parse(question);
        var allTime = document.RootElement.GetProperty("from").GetString() == "1970-01-01";
        var names = document.RootElement.GetProperty("dimensions").EnumerateArray().Concat(document.RootElement.GetProperty("metrics").EnumerateArray()).Select(name => name.GetString()!).ToList();
        var columns = string.Join(',', names.Select(name => $$"""{"id":"{{name}}","label":"{{name}}"}"""));
        var values = string.Join(',', names.Select(name => name == "page" ? "\"/[red]\"" : name == "bounce_rate" && allTime ? "0.4321" : allTime ? "12345" : "0"));
        return Json($$"""{"columns":[{{columns}}],"rows":[[{{values}}]],"totals":{},"row_count":1,"exact":true,"complete_until":"2026-01-02T03:04:05Z","definition_version":"7","time_zone":"UTC","identity":"one day"}""");
    }

    public static IResult Json(string text, int status = 200) => Results.Text(text, "application/json", Encoding.UTF8, status);
}
