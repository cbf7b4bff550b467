using System.Text.RegularExpressions;

namespace Footfall.Adapters.UserAgents;

/// <summary>
/// One rule: a pattern, and what it gives when it matches. The pattern is built when it is first run, since a server meets few of the two
/// thousand; it never backtracks, so no agent can make it slow.
/// </summary>
/// <param name="Gives">Templates for the parts of the answer; an empty one takes the group of its number.</param>
sealed record AgentRule(string Pattern, IReadOnlyList<string> Gives)
{
    readonly Lazy<Regex> _regex = new(
        () => new Regex(Pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant),
        LazyThreadSafetyMode.PublicationOnly);

    public LiteralRequirements Literals { get; } = LiteralRequirements.Of(Pattern);

    /// <summary>False for a rule that counts only in agents which are not a browser's; see crawler_exceptions.tsv.</summary>
    public bool CountsInBrowsers { get; init; } = true;

    public bool IsMatch(string agent) => _regex.Value.IsMatch(agent);

    public Match Match(string agent) => _regex.Value.Match(agent);

    /// <summary>The part of the answer that the template of a number gives, the group of that number by default; empty for none.</summary>
    public string Part(Match match, int number)
    {
        var template = Gives.Count < number ? "" : Gives[number - 1];
        if (template.Length == 0)
            return match.Groups[number].Value.Trim();
        if (!template.Contains('$'))
            return template;
        for (var group = 1; group < match.Groups.Count; group++)
            template = template.Replace($"${group}", match.Groups[group].Value, StringComparison.Ordinal);
        return template.Trim();
    }
}
