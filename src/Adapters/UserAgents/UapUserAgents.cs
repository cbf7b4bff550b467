using Footfall.Core.Enrichment;

namespace Footfall.Adapters.UserAgents;

/// <summary>
/// User agents by the rules of uap-core (browsers and systems), crawler-user-agents and a few tables of our own (bots, classes of devices).
/// Recent agents are answered from memory; a new one costs a pass over its text and the few patterns that the pass leaves.
/// </summary>
public sealed class UapUserAgents : IUserAgents
{
    /// <summary>Longer agents are cut; real ones have some hundred characters.</summary>
    public const int AgentLengthMax = 512;

    const int RecentMax = 4096;

    const int Bots = 0;
    const int Browsers = 1;
    const int Systems = 2;

    /// <summary>Version of our own tables, raised with each change of them or of the code that reads them.</summary>
    const string OwnVersion = "footfall 1";

    static readonly AgentAnswer EmptyAgent = new(Device.Unknown, "empty user agent");

    readonly RecentAnswers<string, AgentAnswer> _recent = new(RecentMax);

    // Made at the first agent: a server answers its first hit before it looks at agents.
    readonly Lazy<AgentRules> _rules = new(ReadRules);

    public string Version { get; } =
        $"{AgentRuleTable.Source("browser_rules.tsv")}, {AgentRuleTable.Source("crawler_rules.tsv")}, {OwnVersion}";

    public Device Describe(string userAgent) => Answer(userAgent).Device;

    public string? BotReason(string userAgent) => Answer(userAgent).BotReason;

    AgentAnswer Answer(string userAgent)
    {
        if (string.IsNullOrWhiteSpace(userAgent))
            return EmptyAgent;
        var agent = userAgent.Length > AgentLengthMax ? userAgent[..AgentLengthMax] : userAgent;
        if (_recent.TryGet(agent, out var known))
            return known;
        var answer = Work(agent);
        _recent.Remember(agent, answer);
        return answer;
    }

    AgentAnswer Work(string agent)
    {
        var rules = _rules.Value;
        Span<ulong> candidates = stackalloc ulong[rules.Words];
        rules.Candidates(agent, candidates);
        var bot = rules.First(Bots, agent, candidates, LooksLikeBrowser(agent), out _);
        return new AgentAnswer(DeviceOf(rules, agent, candidates), bot?.Gives[0]);
    }

    static AgentRules ReadRules() => new(
        BotRules.Read(),
        [.. AgentRuleTable.Parse("browser_rules.tsv")],
        [.. AgentRuleTable.Parse("system_rules.tsv")]);

    static Device DeviceOf(AgentRules rules, string agent, ReadOnlySpan<ulong> candidates)
    {
        var (browser, browserVersion, _) = Parts(rules, Browsers, agent, candidates);
        var (system, major, minor) = Parts(rules, Systems, agent, candidates);
        var systemVersion = minor.Length == 0 ? major : $"{major}.{minor}";
        return new Device(browser, browserVersion, system, systemVersion, DeviceClasses.Of(agent, system));
    }

    static (string Family, string Major, string Minor) Parts(AgentRules rules, int list, string agent, ReadOnlySpan<ulong> candidates)
    {
        if (rules.First(list, agent, candidates, isBrowsers: false, out var match) is not { } rule)
            return (Labels.Unknown, "", "");
        var family = rule.Part(match, 1);
        return family is "" or "Other" ? (Labels.Unknown, "", "") : (family, rule.Part(match, 2), rule.Part(match, 3));
    }

    // In-app browsers append the app's name to a browser's agent; crawlers that pose as one say that they are compatible, or where
    // they can be read about.
    static bool LooksLikeBrowser(string agent) =>
        (agent.Contains("AppleWebKit/", StringComparison.Ordinal) || agent.Contains("Gecko/", StringComparison.Ordinal))
        && !agent.Contains("compatible", StringComparison.Ordinal)
        && !agent.Contains("http", StringComparison.Ordinal)
        && !agent.Contains('@');
}
