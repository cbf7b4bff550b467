using System.Globalization;

namespace Footfall.Bench.Processes;

/// <summary>What the kernel says a process holds.</summary>
static class Memory
{
    const double BytesInMiB = 1024 * 1024;

    /// <summary>Resident memory now, in MiB.</summary>
    public static double Resident(int process) => Field(process, "VmRSS:");

    /// <summary>The most that was ever resident, in MiB.</summary>
    public static double Highest(int process) => Field(process, "VmHWM:");

    static double Field(int process, string name)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        var kibibytes = line[name.Length..].Trim().Split(' ')[0];
        return double.Parse(kibibytes, CultureInfo.InvariantCulture) * 1024 / BytesInMiB;
    }
}
