using System.Text.RegularExpressions;
using Footfall.Adapters.UserAgents;
using Footfall.Core.Enrichment;

namespace Footfall.Tests.Adapters.UserAgents;

/// <summary>The specification of uap-core, word for word and slowly: every pattern is tried in its order, the first match counts.</summary>
sealed class EveryRuleInTurn
{
    readonly List<(Regex Pattern, string[] Cells)> _browsers = Rules("browser_rules.tsv");
    readonly List<(Regex Pattern, string[] Cells)> _systems = Rules("system_rules.tsv");

    public (string Browser, string BrowserVersion, string Os, string OsVersion) Describe(string agent)
    {
        var browser = First(_browsers, agent);
        var system = First(_systems, agent);
        return (browser[0], browser[1], system[0], system[2].Length == 0 ? system[1] : system[1] + "." + system[2]);
    }

    static string[] First(List<(Regex Pattern, string[] Cells)> rules, string agent)
    {
        foreach (var (pattern, cells) in rules)
        {
            var match = pattern.Match(agent);
            if (!match.Success)
                continue;
            var parts = Enumerable.Range(1, 3).Select(number => Part(match, cells, number)).ToArray();
            return parts[0] is "" or "Other" ? [Labels.Unknown, "", ""] : parts;
        }
        return [Labels.Unknown, "", ""];
    }

    static string Part(Match match, string[] cells, int number)
    {
        var replacement = number < cells.Length ? cells[number] : "";
        return replacement.Length == 0
            ? match.Groups[number].Value.Trim()
            : Regex.Replace(replacement, @"\$(\d)", group => match.Groups[group.Groups[1].Value].Value).Trim();
    }

    static List<(Regex Pattern, string[] Cells)> Rules(string name)
    {
        using var stream = typeof(UapUserAgents).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n').Skip(1).Where(line => line.Length > 0).Select(line => line.Split('\t'))
            .Select(cells => (new Regex(cells[0], RegexOptions.CultureInvariant), cells))];
    }
}
