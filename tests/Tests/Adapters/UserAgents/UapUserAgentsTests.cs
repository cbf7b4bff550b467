using System.Text;
using CsCheck;
using Footfall.Adapters.UserAgents;
using Footfall.Core.Enrichment;

namespace Footfall.Tests.Adapters.UserAgents;

public sealed class UapUserAgentsTests
{
    static readonly UapUserAgents Agents = new();

    public static readonly string[][] RealAgents = [.. Table("real_agents.tsv")];

    [Fact]
    public void No_real_browser_or_app_is_a_bot()
    {
        Assert.True(RealAgents.Length >= 200);
        var flagged = RealAgents.Select(row => row[3]).Where(agent => Agents.BotReason(agent) != null);
        Assert.Empty(flagged.Select(agent => $"{Agents.BotReason(agent)}: {agent}"));
    }

    [Fact]
    public void Real_agents_get_their_browser_system_and_class()
    {
        var wrong = new List<string>();
        foreach (var row in RealAgents)
        {
            var device = Agents.Describe(row[3]);
            string[] got = [device.Class, device.Browser, device.Os];
            if (got.Zip(row).Any(pair => pair.Second != "*" && pair.First != pair.Second))
                wrong.Add($"{string.Join('/', got)} instead of {string.Join('/', row[..3])}: {row[3]}");
        }
        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0 Safari/537.36", "128", "10")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 17_4_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4.1 Mobile/15E148 Safari/604.1", "17", "17.4")]
    [InlineData("Mozilla/5.0 (Android 14; Mobile; rv:134.0) Gecko/134.0 Firefox/134.0", "134", "14")]
    public void Versions_are_major_for_browsers_and_major_and_minor_for_systems(string agent, string browser, string system)
    {
        var device = Agents.Describe(agent);
        Assert.Equal((browser, system), (device.BrowserVersion, device.OsVersion));
    }

    [Theory]
    [InlineData("", "empty user agent")]
    [InlineData("   ", "empty user agent")]
    [InlineData("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "crawler: Googlebot")]
    [InlineData("Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)", "crawler: GPTBot")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/138.0.0.0 Safari/537.36", "headless: HeadlessChrome")]
    [InlineData("curl/8.5.0", "http library: curl")]
    [InlineData("python-requests/2.32.3", "http library: python-requests")]
    [InlineData("Go-http-client/2.0", "http library: Go-http-client")]
    [InlineData("okhttp/4.12.0", "http library: okhttp")]
    [InlineData("Mozilla/5.0", "http library: Mozilla alone")]
    [InlineData("Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)", "monitor: UptimeRobot")]
    [InlineData("kube-probe/1.31", "monitor: Kubernetes")]
    [InlineData("Mozilla/5.0 (compatible; NobodyKnowsMe/1.0; +https://example.org/about)", "crawler: says so")]
    [InlineData("NobodyKnowsBot/0.3", "crawler: says so")]
    [InlineData("WhatsApp/2.23.20.0", "crawler: WhatsApp")]
    public void Bots_are_named_with_their_kind(string agent, string reason) => Assert.Equal(reason, Agents.BotReason(agent));

    [Fact]
    public void An_unknown_agent_is_unknown_and_no_bot()
    {
        Assert.Equal(Device.Unknown, Agents.Describe("Robinson Crusoe's own browser"));
        Assert.Null(Agents.BotReason("Robinson Crusoe's own browser"));
    }

    [Fact]
    public void The_version_names_the_rules() =>
        Assert.Matches(@"^uap-core \d+\.\d+\.\d+, crawler-user-agents \d+\.\d+\.\d+, footfall \d+$", Agents.Version);

    [Fact]
    public void A_long_agent_counts_up_to_its_cut()
    {
        var agent = RealAgents[0][3];
        Assert.Equal(Agents.Describe(agent), Agents.Describe(agent + new string(' ', 100_000) + "Googlebot/2.1"));
        Assert.Null(Agents.BotReason(agent + new string(' ', 100_000) + "Googlebot/2.1"));
    }

    [Fact]
    public void Any_text_gets_an_answer() => Gen.String.Sample(text =>
    {
        Assert.NotNull(Agents.Describe(text));
        Agents.BotReason(text);
    });

    [Fact]
    public void Threads_that_share_the_rules_get_the_same_answers()
    {
        var fresh = new UapUserAgents();
        var agents = RealAgents.Select(row => row[3]).ToArray();
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
        {
            foreach (var agent in agents)
                Assert.Equal(Agents.Describe(agent), fresh.Describe(agent));
        });
    }

    internal static IEnumerable<string[]> Table(string name)
    {
        using var stream = typeof(UapUserAgentsTests).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return [.. reader.ReadToEnd().Split('\n').Skip(1).Where(line => line.Length > 0).Select(line => line.Split('\t'))];
    }
}
