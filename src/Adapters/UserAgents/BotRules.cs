namespace Footfall.Adapters.UserAgents;

/// <summary>
/// The rules of bots in the order they are asked: our own signatures, the list of crawlers less its exceptions, then what crawlers that
/// nobody has listed say of themselves. Each gives the reason in words.
/// </summary>
static class BotRules
{
    const string Crawler = "crawler";

    public static (string Source, IReadOnlyList<AgentRule> Rules) Read()
    {
        var (_, signatures) = AgentRuleTable.Read("bot_signatures.tsv");
        var (source, crawlers) = AgentRuleTable.Read("crawler_rules.tsv");
        var exceptions = AgentRuleTable.Read("crawler_exceptions.tsv").Rows.ToDictionary(row => row[0], row => row[1], StringComparer.Ordinal);
        var own = signatures.Where(row => row[0] != Crawler).Select(Signature);
        var listed = crawlers
            .Where(row => exceptions.GetValueOrDefault(row[0]) != "never")
            .Select(row => Listed(row[0]) with { CountsInBrowsers = !exceptions.ContainsKey(row[0]) });
        var unlisted = signatures.Where(row => row[0] == Crawler).Select(Signature);
        return (source, [.. own, .. listed, .. unlisted]);
    }

    static AgentRule Signature(string[] row) => new(row[2], [$"{row[0]}: {row[1]}"]);

    static AgentRule Listed(string pattern) =>
        new(pattern, [$"{Crawler}: {pattern.Replace("\\", "", StringComparison.Ordinal).Trim('/', ' ', ';', ')', '^', '$')}"]);
}
