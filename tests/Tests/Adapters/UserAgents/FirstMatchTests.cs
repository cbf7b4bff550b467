using CsCheck;
using Footfall.Adapters.UserAgents;

namespace Footfall.Tests.Adapters.UserAgents;

public sealed class FirstMatchTests
{
    static readonly EveryRuleInTurn Slow = new();
    static readonly UapUserAgents Fast = new();

    static readonly string[] Patterns =
    [
        .. new[] { "browser_rules.tsv", "system_rules.tsv", "crawler_rules.tsv" }
            .SelectMany(name =>
            {
                using var reader = new StreamReader(typeof(UapUserAgents).Assembly.GetManifestResourceStream(name)!);
                return reader.ReadToEnd().Split('\n').Skip(1).Where(line => line.Length > 0).Select(line => line.Split('\t')[0]).ToArray();
            }),
    ];

    [Fact]
    public void Real_agents_are_described_as_by_trying_every_rule()
    {
        foreach (var row in UapUserAgentsTests.RealAgents)
            AssertSame(row[3]);
    }

    // Texts made of the patterns' own words come near many rules at once, which real agents do not.
    [Fact]
    public void Texts_made_of_the_rules_own_words_are_described_as_by_trying_every_rule()
    {
        var words = Patterns.Select(Plain).Concat(UapUserAgentsTests.RealAgents.SelectMany(row => row[3].Split(' '))).Distinct().ToArray();
        var agents = Gen.Int[0, words.Length - 1].Array[1, 8].Select(picks => string.Join(' ', picks.Select(pick => words[pick])));
        agents.Sample(AssertSame, iter: 3000);
    }

    [Fact]
    public void Each_rule_alone_is_found()
    {
        foreach (var pattern in Patterns)
            AssertSame(Plain(pattern) + "/12.3.4");
    }

    // The pattern with its syntax taken out: mostly a text that it matches, at least one that is close.
    static string Plain(string pattern) => pattern
        .Replace(@"(\d+)", "7", StringComparison.Ordinal).Replace(@"\d+", "7", StringComparison.Ordinal).Replace(@"\.", ".", StringComparison.Ordinal)
        .Split('|')[0].Replace("(?:", "", StringComparison.Ordinal)
        .Where(letter => letter is not ('(' or ')' or '?' or '*' or '+' or '\\' or '[' or ']' or '^' or '$')).Aggregate("", (text, letter) => text + letter);

    static void AssertSame(string agent)
    {
        var cut = agent.Length > UapUserAgents.AgentLengthMax ? agent[..UapUserAgents.AgentLengthMax] : agent;
        if (string.IsNullOrWhiteSpace(cut))
            return;
        var device = Fast.Describe(agent);
        Assert.Equal((Slow.Describe(cut), agent), ((device.Browser, device.BrowserVersion, device.Os, device.OsVersion), agent));
    }
}
