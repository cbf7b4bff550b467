using System.Diagnostics;
using System.Globalization;

namespace Footfall.EndToEnd.Harness;

/// <summary>What .NET does not send by itself.</summary>
public static class Signals
{
    /// <summary>SIGTERM: the process may finish what it does.</summary>
    public static async Task TerminateAsync(Process process)
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }
}
