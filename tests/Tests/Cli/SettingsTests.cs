using Footfall.Server;
using Footfall.Server.Settings;

namespace Footfall.Tests.Cli;

public sealed class SettingsTests : IDisposable
{
    readonly CliFixture _cli = new();

    public void Dispose() => _cli.Dispose();

    EffectiveSettings Load(string? file = null, (string, string)[]? environment = null, (string, string[])[]? flags = null) =>
        SettingsLoader.Load(new SettingsInput(
            file is null ? null : _cli.Write("footfall.json", file),
            (environment ?? []).ToDictionary(pair => pair.Item1, pair => pair.Item2),
            (flags ?? []).ToDictionary(pair => pair.Item1, pair => (IReadOnlyList<string>)pair.Item2)));

    [Fact]
    public void A_later_source_wins_and_each_value_knows_its_source()
    {
        var settings = Load(
            """
            {
              // comments are allowed
              "listen": "127.0.0.1:1", "dedupe_days": 7, "trusted_proxies": ["10.0.0.0/8", "::1"],
            }
            """,
            [("FOOTFALL_LISTEN", "127.0.0.1:2"), ("FOOTFALL_API_KEY", "a-key-of-seventeen")],
            [("listen", ["127.0.0.1:3"])]);

        Assert.Equal(("127.0.0.1:3", 7, 2), (settings.Values.Listen, settings.Values.DedupeDays, settings.Values.TrustedProxies.Count));
        Assert.Equal("--listen", Source("listen"));
        Assert.EndsWith("footfall.json", Source("dedupe_days"));
        Assert.Equal("FOOTFALL_API_KEY", Source("api_key"));
        Assert.Equal("default", Source("data"));
        Assert.Equal("********", settings.Table.Single(value => value.Name == "api_key").Text);

        string Source(string name) => settings.Table.Single(value => value.Name == name).Source;
    }

    [Theory]
    [InlineData("""{"lisen": "x"}""", "did you mean 'listen'?")]
    [InlineData("""{"quite_something_else": 1}""", "does not exist.")]
    [InlineData("""{"listen": """, "is not valid JSON at line 1")]
    [InlineData("""[]""", "must hold one JSON object")]
    [InlineData("""{"listen": true}""", "must be a text or a number")]
    [InlineData("""{"listen": "127.0.0.1:99999"}""", "with a port from 0 to 65535")]
    [InlineData("""{"dedupe_days": 0}""", "The setting 'dedupe_days' is '0' (from ")]
    [InlineData("""{"roles": ["collector", "cook"]}""", "must be one or more of collector, archiver, processor, reporter, scheduler, all")]
    [InlineData("""{"trusted_proxies": "everyone"}""", "must be IP addresses or ranges")]
    public void What_is_wrong_is_named_with_its_source(string file, string sentence) =>
        Assert.Contains(sentence, Assert.Throws<UserErrorException>(() => Load(file)).Message);

    [Fact]
    public void A_secret_that_is_refused_is_not_shown()
    {
        var message = Assert.Throws<UserErrorException>(() => Load(environment: [("FOOTFALL_API_KEY", "short")])).Message;

        Assert.DoesNotContain("short", message);
        Assert.Contains("at least 16 characters", message);
    }

    [Fact]
    public void The_file_of_the_data_folder_is_found_but_cannot_move_the_folder()
    {
        Directory.CreateDirectory(_cli.Data);
        var file = Path.Combine(_cli.Data, "footfall.json");

        File.WriteAllText(file, """{"dedupe_days": 9}""");
        Assert.Equal(9, Load(flags: [("data", [_cli.Data])]).Values.DedupeDays);

        File.WriteAllText(file, """{"data": "/elsewhere"}""");
        Assert.Throws<UserErrorException>(() => Load(environment: [("FOOTFALL_DATA", _cli.Data)]));
    }

    [Fact]
    public void Names_that_an_orchestrator_adds_are_told_and_not_refused() =>
        Assert.Equal(
            ["The environment variable FOOTFALL_SERVICE_HOST is not a setting and was not used."],
            Load(environment: [("FOOTFALL_SERVICE_HOST", "10.0.0.1"), ("FOOTFALL_HOME", "/x")]).Warnings);

    [Fact]
    public async Task Config_shows_every_setting_with_its_source()
    {
        _cli.Environment["FOOTFALL_DEDUPE_DAYS"] = "12";

        var (code, output, _) = await _cli.RunAsync("config", "--role", "collector", "--role", "reporter");

        Assert.Equal(0, code);
        Assert.Matches(@"dedupe_days\s+12\s+FOOTFALL_DEDUPE_DAYS", output);
        Assert.Matches(@"roles\s+collector, reporter\s+--role", output);
        Assert.All(SettingsTable.All, definition => Assert.Contains(definition.Name, output));
    }
}
