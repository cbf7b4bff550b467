using System.Net;
using System.Text;
using System.Text.Json;
using Footfall.Core.Reports;
using Footfall.Core.Sites;
using Footfall.Server.Report;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Footfall.Tests.Report;

public sealed class ReportEndpointsTests : IAsyncLifetime
{
    readonly AnsweringEngine _engine = new();
    WebApplication? _server;
    HttpClient? _client;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var sites = new SiteDirectory();
        sites.Load([new Site(7, ["example.com"], "Europe/Berlin", "EUR", SiteSettings.Default)]);
        builder.Services.AddSingleton(sites).AddSingleton<IReportEngine>(_engine).AddReportJson();
        builder.Services.AddSingleton<TimeProvider>(new FakeTimeProvider(new DateTimeOffset(2026, 3, 11, 12, 0, 0, TimeSpan.Zero)));
        builder.Services.AddOpenApi(options => options.AddReports());
        _server = builder.Build();
        _server.MapReports();
        _server.MapOpenApi();
        await _server.StartAsync();
        _client = new HttpClient { BaseAddress = new Uri(_server.Urls.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_server is not null)
            await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_report_is_asked_for_by_json_or_by_address()
    {
        var posted = await PostAsync("/api/v1/sites/example.com/reports", """{"metrics":["visitors"],"dimensions":["page"],"limit":5}""");
        var first = _engine.Asked;
        var got = await GetAsync("/api/v1/sites/7/reports?metrics=visitors&dimensions=page&limit=5");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (posted.Status, got.Status));
        Assert.Equal(posted.Body, got.Body);
        Assert.Equal((first!.Limit, first.Range, first.Site), (_engine.Asked!.Limit, _engine.Asked.Range, _engine.Asked.Site));
    }

    [Fact]
    public async Task An_answer_is_written_in_snake_case()
    {
        var (_, type, body) = await GetAsync("/api/v1/sites/7/reports?metrics=visitors,time_on_page&dimensions=page");
        Assert.Equal("application/json", type);
        var answer = JsonDocument.Parse(body).RootElement;
        Assert.Equal("one_day", answer.GetProperty("identity").GetString());
        Assert.Equal("seconds", answer.GetProperty("columns")[2].GetProperty("unit").GetString());
        Assert.Equal("2026-02-12", answer.GetProperty("from").GetString());
        Assert.Equal("=1+1", answer.GetProperty("rows")[0][0].GetString());
        Assert.Equal("3", answer.GetProperty("rows")[0][1].GetRawText());
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("rows")[0][2].ValueKind);
        Assert.True(answer.GetProperty("exact").GetBoolean());
    }

    [Theory]
    [InlineData("?metrics=visitors,time_on_page&dimensions=page&format=csv", null)]
    [InlineData("?metrics=visitors,time_on_page&dimensions=page", "text/csv")]
    public async Task A_spreadsheet_gets_a_file_without_formulas(string query, string? accept)
    {
        var (_, type, body) = await GetAsync("/api/v1/sites/7/reports" + query, accept);
        Assert.Equal("text/csv", type);
        Assert.Equal("page,visitors,time_on_page\r\n'=1+1,3,\r\n\"a,\"\"b\"\"\",0.5,2\r\n", body);
    }

    [Fact]
    public async Task What_is_wrong_comes_back_as_a_problem()
    {
        var (status, type, body) = await GetAsync("/api/v1/sites/7/reports?metrics=vistors&limit=20000");
        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (status, type));
        var problem = JsonDocument.Parse(body).RootElement;
        Assert.Equal("metrics[0]", problem.GetProperty("field").GetString());
        Assert.Equal("visitors", problem.GetProperty("nearest")[0].GetString());
        Assert.Equal(10_000, problem.GetProperty("errors")[1].GetProperty("limit").GetInt32());
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"metrics":"visitors"}""")]
    [InlineData("""{"metrics":["visitors"],"filter":[]}""")]
    [InlineData("null")]
    public async Task A_body_that_is_not_a_report_is_refused(string json)
    {
        var (status, type, _) = await PostAsync("/api/v1/sites/7/reports", json);
        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (status, type));
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        var (status, _, _) = await PostAsync("/api/v1/sites/7/reports", $$"""{"metrics":["{{new string('x', 300_000)}}"]}""");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
    }

    [Theory]
    [InlineData("/api/v1/sites/8/reports?metrics=visits")]
    [InlineData("/api/v1/sites/other.example/realtime")]
    public async Task An_unknown_site_is_not_found(string address) => Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(address)).Status);

    [Fact]
    public async Task A_report_that_takes_too_long_is_a_gateway_timeout()
    {
        _engine.TooSlow = true;
        Assert.Equal(HttpStatusCode.GatewayTimeout, (await GetAsync("/api/v1/sites/7/reports?metrics=visits")).Status);
        Assert.Equal(HttpStatusCode.GatewayTimeout, (await GetAsync("/api/v1/sites/7/realtime")).Status);
    }

    [Fact]
    public async Task Realtime_is_written_in_snake_case()
    {
        var (_, _, body) = await GetAsync("/api/v1/sites/example.com/realtime");
        Assert.Equal(4, JsonDocument.Parse(body).RootElement.GetProperty("page_views")[0].GetInt64());
    }

    [Fact]
    public async Task The_api_document_names_every_metric_and_dimension()
    {
        var (status, _, body) = await GetAsync("/openapi/v1.json");
        Assert.Equal(HttpStatusCode.OK, status);
        var schemas = JsonDocument.Parse(body).RootElement.GetProperty("components").GetProperty("schemas");
        var request = schemas.GetProperty("ReportRequest").GetProperty("properties");
        Assert.Equal(Metrics.All.Select(metric => metric.Id), Strings(request.GetProperty("metrics").GetProperty("items").GetProperty("enum")));
        Assert.Equal(Dimensions.All.Select(dimension => dimension.Id),
            Strings(request.GetProperty("dimensions").GetProperty("items").GetProperty("anyOf")[0].GetProperty("enum")));
        Assert.True(request.TryGetProperty("compare_from", out _));
        Assert.Contains("not_in", Strings(schemas.GetProperty("FilterRequest").GetProperty("properties").GetProperty("op").GetProperty("enum")));
        Assert.True(schemas.GetProperty("ReportDocument").GetProperty("properties").TryGetProperty("complete_until", out _));
        Assert.Contains("one_day", body);
        var get = JsonDocument.Parse(body).RootElement.GetProperty("paths").GetProperty("/api/v1/sites/{site}/reports").GetProperty("get");
        Assert.Contains(get.GetProperty("parameters").EnumerateArray(), parameter => parameter.GetProperty("name").GetString() == "compare_to");
    }

    static IEnumerable<string> Strings(JsonElement array) => array.EnumerateArray().Select(element => element.GetString()!);

    async Task<(HttpStatusCode Status, string? Type, string Body)> GetAsync(string address, string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (accept is not null)
            request.Headers.Accept.ParseAdd(accept);
        return await ReadAsync(await _client!.SendAsync(request, TestContext.Current.CancellationToken));
    }

    async Task<(HttpStatusCode Status, string? Type, string Body)> PostAsync(string address, string json) => await ReadAsync(await _client!.PostAsync(
        address, new StringContent(json, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken));

    static async Task<(HttpStatusCode Status, string? Type, string Body)> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            return (response.StatusCode, response.Content.Headers.ContentType?.MediaType, body);
        }
    }

    sealed class AnsweringEngine : IReportEngine
    {
        public ReportQuery? Asked { get; private set; }

        public bool TooSlow { get; set; }

        public ValueTask<ReportAnswer> RunAsync(ReportQuery query, CancellationToken cancellation)
        {
            Asked = query;
            if (TooSlow)
                throw new ReportTimeoutException(TimeSpan.FromSeconds(3));
            var part = new ReportPart(
                [new ReportRow(["=1+1"], [3, null]), new ReportRow(["a,\"b\""], [0.5, 2])], [3.5, 2], 2, IdentityLifetime.OneDay, DateTime.UnixEpoch);
            return ValueTask.FromResult(ReportParts.Answer(query, part, null, "1"));
        }

        public ValueTask<RealtimeAnswer> RealtimeAsync(Site site, DateTimeOffset now, CancellationToken cancellation) => TooSlow
            ? throw new ReportTimeoutException(TimeSpan.FromSeconds(3))
            : ValueTask.FromResult(new RealtimeAnswer(now, 1, 2, [4], [new RealtimeRow("/", 2)], []));

        public ValueTask<IReadOnlyList<SiteTraffic>> TrafficAsync(DateTimeOffset now, CancellationToken cancellation) => throw new NotSupportedException();
    }
}
