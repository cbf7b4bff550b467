namespace Footfall.Adapters.UserAgents;

/// <summary>
/// The rules of bots in the order they are asked: our own signatures, the list of crawlers less its exceptions, then what crawlers that
/// nobody has listed say of themselves. Each gives the reason in words.
/// </summary>
static class BotRules
{
    const string Crawler = "crawler";

    public static IReadOnlyList<AgentRule> Read()
    {
        var signatures = AgentRuleTable.Rows("bot_signatures.tsv").ToList();
        var exceptions = AgentRuleTable.Rows("crawler_exceptions.tsv").ToDictionary(row => row[0], row => row[1], StringComparer.Ordinal);
        var own = signatures.Where(row => row[0] != Crawler).Select(Signature);
        var listed = AgentRuleTable.Rows("crawler_rules.tsv")
            .Where(row => exceptions.GetValueOrDefault(row[0]) != "never")
            .Select(row => Listed(row[0]) with { CountsInBrowsers = !exceptions.ContainsKey(row[0]) });
        var unlisted = signatures.Where(row => row[0] == Crawler).Select(Signature);
        return [.. own, .. listed, .. unlisted];
    }

    static AgentRule Signature(string[] row) => new(row[2], [$"{row[0]}: {row[1]}"]);

    static AgentRule Listed(string pattern) =>
        new(pattern, [$"{Crawler}: {pattern.Replace("\\", "", StringComparison.Ordinal).Trim('/', ' ', ';', ')', '^', '$')}"]);
}
