using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ZstdSharp;

namespace Footfall.Tests.Cli;

public sealed class ImportTests : IAsyncLifetime
{
    readonly CliFixture _cli = new();
    FakeServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await FakeServer.StartAsync("shop.example");
        _cli.Runs(_server);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _cli.Dispose();
    }

    static string Line(int number) => string.Create(
        CultureInfo.InvariantCulture, $"10.0.{number / 250}.{number % 250} - - [17/May/2015:10:05:03 +0000] \"GET /page-{number} HTTP/1.1\" 200 1 \"-\" \"Agent\"\n");

    static string Log(int from, int to) => string.Concat(Enumerable.Range(from, to - from).Select(Line));

    Task<(int Code, string Out, string Error)> ImportAsync(params string[] more) => _cli.RunAsync(["import", "--site", "shop.example", .. more]);

    [Fact]
    public async Task Every_page_of_a_log_arrives_once_and_a_second_import_does_nothing()
    {
        var file = _cli.Write("access.log", Log(0, 2500));

        var first = await ImportAsync(file);
        var second = await ImportAsync(file);

        Assert.Equal((0, 0), (first.Code, second.Code));
        Assert.Equal(2500, _server.Events.Count);
        Assert.Matches(@"page views\s+2,500", first.Out);
        Assert.Contains("Everything is in the reports.", first.Out);
        Assert.Contains("already imported on", second.Out);
        Assert.Equal(0, _server.Duplicates);
    }

    [Fact]
    public async Task Again_sends_the_same_events_which_the_server_knows()
    {
        var file = _cli.Write("access.log", Log(0, 50) + Line(3));
        await ImportAsync(file);

        await ImportAsync(file, "--again");

        Assert.Equal((51, 51), (_server.Events.Count, _server.Duplicates));
    }

    [Fact]
    public async Task An_overlapping_rotated_file_adds_only_what_is_new()
    {
        await ImportAsync(_cli.Write("access.log.1", Log(0, 100)));
        await ImportAsync(_cli.Write("access.log", Log(50, 150)));

        Assert.Equal((150, 50), (_server.Events.Count, _server.Duplicates));
    }

    [Fact]
    public async Task Packed_files_and_standard_input_are_read()
    {
        var gzip = Path.Combine(_cli.Folder, "a.gz");
        await using (var stream = new GZipStream(File.Create(gzip), CompressionMode.Compress))
            stream.Write(Encoding.UTF8.GetBytes(Log(0, 10)));
        var zstd = Path.Combine(_cli.Folder, "b");
        await using (var stream = new CompressionStream(File.Create(zstd), leaveOpen: false))
            stream.Write(Encoding.UTF8.GetBytes(Log(10, 20)));
        _cli.Input = new MemoryStream(Encoding.UTF8.GetBytes(Log(20, 30)));

        var (code, _, error) = await ImportAsync(gzip, zstd, "-");

        Assert.Equal((0, ""), (code, error));
        Assert.Equal(30, _server.Events.Count);
    }

    [Fact]
    public async Task An_interrupted_import_goes_on_where_it_stopped()
    {
        var file = _cli.Write("access.log", Log(0, 20_000));
        using var interrupt = new CancellationTokenSource();
        _server.Script = (request, _) =>
        {
            // Late enough for the first batches, of the few under way at once, to have been answered.
            if (request > 13)
                interrupt.Cancel();
            return null;
        };

        var stopped = await _cli.RunAsync(interrupt.Token, "import", "--site", "shop.example", file);
        var before = _server.Events.Count;
        _server.Script = (_, _) => null;
        var resumed = await ImportAsync(file);

        Assert.Equal(130, stopped.Code);
        Assert.Contains("run the same command again", stopped.Out);
        Assert.InRange(before, 1, 19_999);
        Assert.Equal(0, resumed.Code);
        Assert.Contains("going on after line", resumed.Out);
        Assert.Equal(20_000, _server.Events.Count);
        // Only the few requests that were on their way may come twice.
        Assert.InRange(_server.Duplicates, 0, 8000);
        Assert.Matches(@"lines\s+20,000", resumed.Out);
    }

    [Fact]
    public async Task A_server_that_was_started_again_and_has_another_token_is_sent_the_rest()
    {
        _server.Script = (request, _) =>
        {
            if (request != 2)
                return null;
            _server.Token = "another-secret";
            _cli.Runs(_server);
            return FakeServer.Json("{}", 503);
        };
        var import = await ImportAsync(_cli.Write("access.log", Log(0, 5000)));
        Assert.Equal(0, import.Code);
        Assert.Equal((5000, 0), (_server.Events.Count, _server.Duplicates));
    }

    [Fact]
    public async Task A_busy_server_is_waited_for()
    {
        _server.Script = (request, _) => request > 2 ? null : new Busy(request == 1 ? 429 : 503);

        var (code, _, error) = await ImportAsync(_cli.Write("access.log", Log(0, 10)));

        Assert.Equal((0, ""), (code, error));
        Assert.Equal((10, 3), (_server.Events.Count, _server.Requests));
    }

    [Fact]
    public async Task What_the_server_refuses_is_left_out_and_told()
    {
        _server.Script = (_, events) =>
        {
            var bad = events.ToList().FindIndex(sent => sent.GetProperty("url").GetString()!.EndsWith("-7", StringComparison.Ordinal));
            return bad < 0 ? null : FakeServer.Json($$"""{"title":"Bad event","detail":"is not liked","index":{{bad}},"field":"url"}""", 400);
        };

        var (code, output, _) = await ImportAsync(_cli.Write("access.log", Log(0, 10)));

        Assert.Equal((0, 9), (code, _server.Events.Count));
        Assert.Contains("line 8: refused by the server: url: is not liked", output);
    }

    [Fact]
    public async Task Malformed_lines_are_counted_shown_and_kept()
    {
        var lines = Line(1) + "rubbish one\n" + "rubbish two\u001b[31m\n" + Line(2) + "rubbish three\n\nrubbish four\n";

        var (code, output, _) = await ImportAsync(_cli.Write("access.log", lines));

        Assert.Equal((0, 2), (code, _server.Events.Count));
        Assert.Matches(@"malformed\s+4", output);
        Assert.Contains("line 2: there is no time", output);
        Assert.DoesNotContain("rubbish four", output);
        var rejects = await File.ReadAllLinesAsync(Path.Combine(_cli.Data, "imports", "access.log.rejects.txt"), TestContext.Current.CancellationToken);
        Assert.Equal(4, rejects.Length);
        Assert.StartsWith("line 7: ", rejects[3]);
        Assert.DoesNotContain('\u001b', rejects[1]);
    }

    [Fact]
    public async Task A_line_without_end_is_rejected_and_the_next_one_read()
    {
        var (code, _, _) = await ImportAsync(_cli.Write("access.log", Line(1) + new string('x', 1_000_000) + "\n" + Line(2) + new string('y', 70_000)));

        Assert.Equal((0, 2), (code, _server.Events.Count));
        var rejects = await File.ReadAllLinesAsync(Path.Combine(_cli.Data, "imports", "access.log.rejects.txt"), TestContext.Current.CancellationToken);
        Assert.Equal(["line 2: the line is too long", "line 4: the line is too long"], rejects.Select(line => line[..line.LastIndexOf(':')]));
    }

    [Fact]
    public async Task Native_events_keep_their_own_ids_and_other_sites_are_left_out()
    {
        var file = _cli.Write("events.jsonl",
            """
            {"name":"pageview","url":"https://shop.example/","event_id":"mine"}
            {"site":"1","name":"purchase","revenue":{"amount":5,"currency":"EUR"}}
            {"site":"else.example","name":"pageview"}
            """);

        var (_, output, _) = await ImportAsync(file);

        Assert.Equal(2, _server.Events.Count);
        Assert.Equal("shop.example", _server.Events["mine"].GetProperty("site").GetString());
        Assert.Matches(@"other sites\s+1", output);
    }

    [Theory]
    [InlineData("", "The log is empty.")]
    [InlineData("what is this\n", "in no format that is known")]
    public async Task A_log_that_is_none_is_a_clear_mistake(string text, string sentence)
    {
        var (code, _, error) = await ImportAsync(_cli.Write("access.log", text));

        Assert.Equal(2, code);
        Assert.Contains(sentence, error);
    }

    [Fact]
    public async Task A_damaged_archive_is_a_clear_mistake()
    {
        var path = Path.Combine(_cli.Folder, "a.gz");
        await File.WriteAllBytesAsync(path, [0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], TestContext.Current.CancellationToken);

        var (code, _, error) = await ImportAsync(path);

        Assert.Equal(2, code);
        Assert.Contains("is damaged", error);
    }

    [Fact]
    public async Task A_site_or_file_that_does_not_exist_is_a_clear_mistake()
    {
        var file = _cli.Write("access.log", Line(1));

        Assert.Contains("'footfall site add nobody.example' makes it", (await _cli.RunAsync("import", "--site", "nobody.example", file)).Error);
        Assert.Contains("There is no file ", (await ImportAsync(file + ".gone")).Error);
    }

    [Fact]
    public async Task Quiet_says_nothing()
    {
        var (code, output, error) = await ImportAsync("--quiet", _cli.Write("access.log", Log(0, 10)));

        Assert.Equal((0, "", ""), (code, output, error));
        Assert.Equal(10, _server.Events.Count);
    }

    sealed class Busy(int status) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            httpContext.Response.Headers.RetryAfter = "0";
            return httpContext.Response.WriteAsJsonAsync(JsonSerializer.SerializeToElement(new { detail = "busy" }));
        }
    }
}
