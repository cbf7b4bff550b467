using System.Text.RegularExpressions;

namespace Footfall.Adapters.UserAgents;

/// <summary>
/// One rule: a pattern, and what it gives when it matches. The pattern is built when it is first run, since a server meets few of the two
/// thousand. It is interpreted: patterns that never backtrack keep twenty times the memory and take three times as long here, and the one
/// with most names cannot be built so at all. What repeats in uap-core's patterns is bounded and agents are cut, so a hostile agent costs
/// milliseconds; the time limit stands for rules to come, and a rule that meets it counts as not matching.
/// </summary>
/// <param name="Gives">Templates for the parts of the answer; an empty one takes the group of its number.</param>
sealed record AgentRule(string Pattern, IReadOnlyList<string> Gives)
{
    static readonly TimeSpan TimeMax = TimeSpan.FromSeconds(2);

    readonly Lazy<Regex> _regex = new(
        () => new Regex(Pattern, RegexOptions.CultureInvariant, TimeMax),
        LazyThreadSafetyMode.PublicationOnly);

    public LiteralRequirements Literals { get; } = LiteralRequirements.Of(Pattern);

    /// <summary>True when the literals alone tell of a match, and the answer needs no groups of it.</summary>
    public bool IsFoundByLiterals => Literals.IsWhole && Gives.Count == 1;

    /// <summary>False for a rule that counts only in agents which are not a browser's; see crawler_exceptions.tsv.</summary>
    public bool CountsInBrowsers { get; init; } = true;

    /// <summary>The first match in an agent; one that did not succeed when there is none.</summary>
    public Match Match(string agent)
    {
        try
        {
            return _regex.Value.Match(agent);
        }
        catch (RegexMatchTimeoutException)
        {
            return System.Text.RegularExpressions.Match.Empty;
        }
    }

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
