using System.Globalization;

namespace Footfall.Bench.Processes;

/// <summary>What a process and the ones it started have used of the processors, as the kernel counts it: steadier than a rate where others share them.</summary>
static class ProcessorTime
{
    // USER_HZ: a constant of the interface, whatever the kernel's own tick is.
    const double TicksPerSecond = 100;
    const int UserTimeAt = 11;

    public static TimeSpan Of(int process)
    {
        var own = OfOne(process);
        foreach (var task in Directory.GetDirectories($"/proc/{process}/task"))
        {
            foreach (var child in File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                own += Of(int.Parse(child, CultureInfo.InvariantCulture));
        }
        return own;
    }

    static TimeSpan OfOne(int process)
    {
        // The name in parentheses may hold spaces; what follows it does not.
        var stat = File.ReadAllText($"/proc/{process}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var ticks = fields[UserTimeAt..(UserTimeAt + 2)].Sum(field => long.Parse(field, CultureInfo.InvariantCulture));
        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }
}
