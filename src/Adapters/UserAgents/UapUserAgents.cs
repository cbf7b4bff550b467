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
    readonly AgentRules _rules;

    public UapUserAgents()
    {
        var (browserSource, browsers) = AgentRuleTable.Read("browser_rules.tsv");
        var (_, systems) = AgentRuleTable.Read("system_rules.tsv");
        var (botSource, bots) = BotRules.Read();
        _rules = new AgentRules(bots, [.. AgentRuleTable.Parse(browsers)], [.. AgentRuleTable.Parse(systems)]);
        Version = $"{browserSource}, {botSource}, {OwnVersion}";
    }

    public string Version { get; }

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
        Span<ulong> candidates = stackalloc ulong[_rules.Words];
        _rules.Candidates(agent, candidates);
        return new AgentAnswer(DeviceOf(agent, candidates), BotReasonOf(agent, candidates));
    }

    string? BotReasonOf(string agent, ReadOnlySpan<ulong> candidates)
    {
        var isBrowsers = LooksLikeBrowser(agent);
        return _rules.First(Bots, agent, candidates, rule => rule.CountsInBrowsers || !isBrowsers)?.Gives[0];
    }

    Device DeviceOf(string agent, ReadOnlySpan<ulong> candidates)
    {
        var (browser, browserVersion, _) = Parts(Browsers, agent, candidates);
        var (system, major, minor) = Parts(Systems, agent, candidates);
        var systemVersion = minor.Length == 0 ? major : $"{major}.{minor}";
        return new Device(browser, browserVersion, system, systemVersion, DeviceClasses.Of(agent, system));
    }

    (string Family, string Major, string Minor) Parts(int list, string agent, ReadOnlySpan<ulong> candidates)
    {
        if (_rules.First(list, agent, candidates) is not { } rule)
            return (Labels.Unknown, "", "");
        var match = rule.Match(agent);
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
