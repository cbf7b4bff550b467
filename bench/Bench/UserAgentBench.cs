using System.Diagnostics;
using System.IO.Compression;
using Footfall.Adapters.UserAgents;

namespace Footfall.Bench;

/// <summary>
/// What an agent costs, the first time it is met and again. Arguments: files of agents, one a line behind its last tab, or access logs in
/// the combined format packed with gzip; each agent is taken once.
/// </summary>
static class UserAgentBench
{
    const int CachedRounds = 200;

    public static Task<int> RunAsync(string[] args)
    {
        var agents = args.SelectMany(Agents).Distinct(StringComparer.Ordinal).ToArray();
        if (agents.Length == 0)
        {
            Console.Error.WriteLine("Name at least one file of agents.");
            return Task.FromResult(2);
        }
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var start = Stopwatch.GetTimestamp();
        var rules = new UapUserAgents();
        rules.Describe("curl/8.0");
        Print("construction and first agent, cold", Stopwatch.GetElapsedTime(start).TotalMilliseconds, "ms");

        Print("uncached, cold (patterns are built), mean", Pass(rules, agents).Average(), "us");
        Print("memory kept", (GC.GetTotalMemory(forceFullCollection: true) - before) / 1048576.0, "MiB");

        // Another agent by one character is a new one to the memory of recent agents.
        var passes = new List<double>();
        for (var round = 0; round < 5; round++)
        {
            var variants = agents.Select(agent => $"{agent} {(char)('a' + round)}").ToArray();
            passes.AddRange(Pass(rules, variants));
        }
        passes.Sort();
        Print("uncached, warm, mean", passes.Average(), "us");
        Print("uncached, warm, median", passes[passes.Count / 2], "us");
        Print("uncached, warm, p99", passes[passes.Count * 99 / 100], "us");
        Print("uncached, warm, max", passes[^1], "us");

        var recent = agents.Take(2000).ToArray();
        Pass(rules, recent);
        start = Stopwatch.GetTimestamp();
        for (var round = 0; round < CachedRounds; round++)
        {
            foreach (var agent in recent)
                rules.Describe(agent);
        }
        Print("cached, mean", Stopwatch.GetElapsedTime(start).TotalMicroseconds / CachedRounds / recent.Length, "us");
        Console.WriteLine($"{agents.Length} agents, {rules.Version}");
        return Task.FromResult(0);
    }

    static double[] Pass(UapUserAgents rules, string[] agents)
    {
        var times = new double[agents.Length];
        for (var i = 0; i < agents.Length; i++)
        {
            var start = Stopwatch.GetTimestamp();
            rules.Describe(agents[i]);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }
        return times;
    }

    static IEnumerable<string> Agents(string path)
    {
        if (!path.EndsWith(".gz", StringComparison.Ordinal))
            return File.ReadLines(path).Select(line => line[(line.LastIndexOf('\t') + 1)..]);
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        return reader.ReadToEnd().Split('\n').Select(line => line.Split('"')).Where(cells => cells.Length > 5).Select(cells => cells[5]).ToList();
    }

    static void Print(string what, double figure, string unit) => Console.WriteLine($"{what,-45} {figure,10:F2} {unit}");
}
