using Footfall.Server.Cli;
using Microsoft.AspNetCore.Connections;

namespace Footfall.Tests.Cli;

public sealed class CommandLineTests : IDisposable
{
    readonly CliFixture _cli = new();

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("serve --lisen 1", "did you mean '--listen'?")]
    [InlineData("srve", "did you mean 'serve'?")]
    [InlineData("import --site a", "Required argument missing")]
    [InlineData("import x.log", "'--site' is required")]
    [InlineData("report --site a --limit many", "--limit")]
    [InlineData("report --site a --format xml", "'xml'")]
    [InlineData("serve --listen here", "The setting 'listen' is 'here' (from --listen), but it must be ADDRESS:PORT")]
    [InlineData("config --config /does/not/exist.json", "cannot be read")]
    [InlineData("site list", "There is no data folder")]
    [InlineData("site list --server http://127.0.0.1:1", "does not answer")]
    [InlineData("site list --server ftp://x", "must be such as http://127.0.0.1:8080")]
    [InlineData("report --site a --from tomorrow", "There is no data folder")]
    public async Task A_mistake_is_one_sentence_and_exit_code_2(string line, string sentence)
    {
        var (code, output, error) = await _cli.RunAsync(line.Split(' '));

        Assert.Equal(2, code);
        Assert.Contains(sentence, error);
        Assert.Single(error.Trim().Split('\n'));
        Assert.Empty(output);
        Assert.DoesNotContain("   at ", error);
    }

    [Fact]
    public async Task An_unexpected_error_is_one_sentence_and_its_trace_comes_with_verbose()
    {
        _cli.Start = (_, _) => throw new InvalidOperationException("the sky fell");

        var (code, _, error) = await _cli.RunAsync("serve");
        var (_, _, verbose) = await _cli.RunAsync("serve", "--verbose");

        Assert.Equal(1, code);
        Assert.Single(error.Trim().Split('\n'));
        Assert.Contains("the sky fell", error);
        Assert.Contains("   at ", verbose);
    }

    [Fact]
    public async Task A_taken_address_is_a_mistake_that_can_be_put_right()
    {
        _cli.Start = (_, _) => throw new IOException("Failed to bind.", new AddressInUseException("in use"));

        var (code, _, error) = await _cli.RunAsync("serve");

        Assert.Equal(2, code);
        Assert.Contains("--listen", error);
    }

    [Fact]
    public async Task Help_has_examples_and_version_is_short()
    {
        var help = await _cli.RunAsync("import", "--help");
        var version = await _cli.RunAsync("--version");

        Assert.Equal(0, help.Code);
        Assert.Contains("Examples:", help.Out);
        Assert.Contains("zcat old/*.gz | footfall import", help.Out);
        Assert.Equal($"footfall {CommandLine.Version}\n", version.Out);
    }

    [Fact]
    public async Task A_server_serves_until_it_is_interrupted()
    {
        var server = await FakeServer.StartAsync();
        _cli.Start = (settings, _) => Task.FromResult<IRunningServer>(server);
        using var interrupt = new CancellationTokenSource();

        var running = _cli.RunAsync(interrupt.Token, "serve");
        await interrupt.CancelAsync();
        var (code, output, error) = await running;

        Assert.Equal((130, ""), (code, error));
        Assert.Contains(server.Address.ToString(), output);
        Assert.True(server.Disposed);
    }

    [Fact]
    public async Task A_command_starts_a_server_of_its_own_when_none_runs_and_stops_it()
    {
        var server = await FakeServer.StartAsync();
        string? listen = null;
        _cli.Start = (settings, _) =>
        {
            listen = settings.Listen;
            return Task.FromResult<IRunningServer>(server);
        };
        // The pid is alive, but nobody answers there: the file was left behind.
        Directory.CreateDirectory(_cli.Data);
        new ServerFile("http://127.0.0.1:1", "old", Environment.ProcessId).Write(_cli.Data);

        var (code, output, _) = await _cli.RunAsync("site", "add", "shop.example", "--set", "visit_timeout_minutes=45");

        Assert.Equal((0, "127.0.0.1:0", true), (code, listen, server.Disposed));
        Assert.Equal("Site 1: shop.example, days of UTC, revenue in EUR.\n", output);
    }

    [Fact]
    public async Task Sites_are_listed_shown_and_removed()
    {
        await using var server = await FakeServer.StartAsync("shop.example", "blog.example");
        _cli.Runs(server);

        Assert.Contains("blog.example", (await _cli.RunAsync("site", "list")).Out);
        Assert.Contains("visit_timeout_minutes", (await _cli.RunAsync("site", "show", "shop.example")).Out);
        Assert.Equal(2, (await _cli.RunAsync("site", "rm", "shop.example")).Code);
        Assert.Equal("Removed shop.example. Its hits are being erased; 'footfall receipts' shows the receipt.\n", (await _cli.RunAsync("site", "rm", "shop.example", "--yes")).Out);
        Assert.Contains("There is no site 'shop.example'", (await _cli.RunAsync("site", "rm", "shop.example", "--yes")).Error);
        Assert.False(server.Disposed);
    }

    [Fact]
    public async Task The_servers_own_words_reach_the_person()
    {
        await using var server = await FakeServer.StartAsync();
        _cli.Runs(server);

        var (code, _, error) = await _cli.RunAsync("site", "add", "x.example", "--time-zone", "Mars/Base");

        Assert.Equal((2, "The time zone Mars/Base does not exist.\n"), (code, error));
    }

    [Fact]
    public async Task A_wrong_key_is_a_clear_sentence()
    {
        await using var server = await FakeServer.StartAsync();
        _cli.Environment["FOOTFALL_API_KEY"] = "not-the-right-key-at-all";

        var (code, _, error) = await _cli.RunAsync("site", "list", "--server", server.Address.ToString());

        Assert.Equal(2, code);
        Assert.Contains("FOOTFALL_API_KEY", error);
    }

    [Fact]
    public async Task A_report_of_empty_weeks_shows_all_time_with_what_makes_it_trustworthy()
    {
        await using var server = await FakeServer.StartAsync("shop.example");
        _cli.Runs(server);

        var (code, output, _) = await _cli.RunAsync("report", "--site", "shop.example");

        Assert.Equal((0, 2), (code, server.Reports.Count));
        Assert.Contains("12,345", output);
        Assert.Contains("all time", output);
        Assert.Contains("exact; complete until 2026-01-02 03:04:05 UTC; days of UTC; definitions 7; visitor identity one day.", output);
    }

    [Fact]
    public async Task A_report_passes_its_question_on_and_shows_what_looks_like_markup_as_it_is()
    {
        await using var server = await FakeServer.StartAsync("shop.example");
        _cli.Runs(server);

        var (_, output, _) = await _cli.RunAsync(
            "report", "--site", "shop.example", "--dimensions", "page", "--from", "2026-01-01", "--to", "2026-01-31", "--order", "-visitors", "--limit", "5");

        Assert.Contains("/[red]", output);
        Assert.Equal(
            """{"metrics":["visitors","visits","pageviews"],"dimensions":["page"],"from":"2026-01-01","to":"2026-01-31","order":["-visitors"],"limit":5}""",
            Assert.Single(server.Reports));
    }

    [Fact]
    public async Task A_report_as_csv_is_the_servers_own()
    {
        await using var server = await FakeServer.StartAsync("shop.example");
        _cli.Runs(server);

        Assert.Equal("visitors\n3\n", (await _cli.RunAsync("report", "--site", "shop.example", "--format", "csv")).Out);
    }

    [Fact]
    public async Task Doctor_is_content_with_a_server_that_is_well()
    {
        await using var server = await FakeServer.StartAsync("shop.example");
        _cli.Runs(server);

        var (code, output, _) = await _cli.RunAsync("doctor");

        Assert.Equal(0, code);
        Assert.Contains("ledger: balances for 1 of 1 sites.", output);
        Assert.DoesNotContain("FAIL", output);
    }

    [Fact]
    public async Task Doctor_fails_with_advice_where_there_is_nothing()
    {
        var (code, output, _) = await _cli.RunAsync("doctor");

        Assert.Equal(1, code);
        Assert.Contains("FAIL data folder: ", output);
        Assert.Contains("start 'footfall serve' once", output);
    }

    [Fact]
    public async Task A_demo_without_a_log_makes_up_a_day_and_a_second_one_imports_nothing()
    {
        await using var server = await FakeServer.StartAsync();
        _cli.Start = (_, _) => Task.FromResult<IRunningServer>(new Borrowed(server));

        var first = await _cli.RunAsync("demo", "--once");
        var events = server.Events.Count;
        var second = await _cli.RunAsync("demo", "--once");

        Assert.Equal((0, 0), (first.Code, second.Code));
        Assert.InRange(events, 5000, 50_000);
        Assert.Contains("Top pages", first.Out);
        Assert.Contains("Places by G.", first.Out);
        Assert.Contains("nothing to do", second.Out);
        Assert.Equal((events, 0), (server.Events.Count, server.Duplicates));
    }

    /// <summary>A server that outlives the command that was given it.</summary>
    sealed class Borrowed(FakeServer server) : IRunningServer
    {
        public Uri Address => server.Address;

        public string Token => server.Token;

        public Task Stopped => server.Stopped;

        public string? MakeFirstKey() => null;

        public Uri? MakeSignUpLink() => server.MakeSignUpLink();

        public Uri MakeDemoLink(string page) => server.MakeDemoLink(page);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
