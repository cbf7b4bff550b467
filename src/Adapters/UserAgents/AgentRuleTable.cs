using System.Text;

namespace Footfall.Adapters.UserAgents;

/// <summary>Tables of rules embedded in this assembly: those made at build from npm's data, and our own.</summary>
static class AgentRuleTable
{
    /// <summary>The rows of a table whose first line names its source.</summary>
    public static (string Source, IReadOnlyList<string[]> Rows) Read(string name)
    {
        using var stream = typeof(AgentRuleTable).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The table {name} is missing from the assembly.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var source = reader.ReadLine() ?? "";
        var rows = new List<string[]>();
        while (reader.ReadLine() is { } line)
            rows.Add(line.Split('\t'));
        return (source, rows);
    }

    /// <summary>Rules of uap-core: a pattern, then the templates.</summary>
    public static IEnumerable<AgentRule> Parse(IEnumerable<string[]> rows) => rows.Select(row => new AgentRule(row[0], row[1..]));
}
