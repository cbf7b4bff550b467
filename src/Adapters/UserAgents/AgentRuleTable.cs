using System.Text;

namespace Footfall.Adapters.UserAgents;

/// <summary>
/// Tables of rules embedded in this assembly: those made at build from npm's data, and our own. The first line of a table says where it is
/// from, or what its columns are.
/// </summary>
static class AgentRuleTable
{
    public static string Source(string name)
    {
        using var reader = Open(name);
        return reader.ReadLine() ?? "";
    }

    public static IEnumerable<string[]> Rows(string name)
    {
        using var reader = Open(name);
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
            yield return line.Split('\t');
    }

    /// <summary>Rules of uap-core: a pattern, then the templates.</summary>
    public static IEnumerable<AgentRule> Parse(string name) => Rows(name).Select(row => new AgentRule(row[0], row[1..]));

    static StreamReader Open(string name)
    {
        var stream = typeof(AgentRuleTable).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The table {name} is missing from the assembly.");
        return new StreamReader(stream, Encoding.UTF8);
    }
}
