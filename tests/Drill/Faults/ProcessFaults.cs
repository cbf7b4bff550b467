using System.Diagnostics;
using System.Globalization;

namespace Footfall.Drill.Faults;

/// <summary>What happens to the process.</summary>
static class ProcessFaults
{
    static readonly TimeSpan StopsWithin = TimeSpan.FromSeconds(20);

    public static async Task KillAsync(Drill drill)
    {
        await drill.RunOnAsync(20, 700);
        drill.Server.Kill();
        while (drill.Random.Next(8) == 0)
        {
            drill.Server.Launch();
            await drill.RunOnAsync(0, 900);
            drill.Server.Kill();
        }
        await drill.Server.StartAgainAsync();
        await drill.AcknowledgesAsync();
    }

    public static async Task StopAsync(Drill drill)
    {
        await drill.RunOnAsync(50, 900);
        var code = await drill.Server.StopAsync(StopsWithin);
        if (code != 0)
            throw new InvalidOperationException($"SIGTERM ended the server with code {code}:\n{drill.Server.Output}");
        await drill.Server.StartAgainAsync();
        await drill.AcknowledgesAsync();
    }

    public static async Task HangAsync(Drill drill)
    {
        await drill.RunOnAsync(50, 300);
        await SignalAsync("-STOP", drill.Server.Pid);
        await drill.RunOnAsync(500, 3_000);
        await SignalAsync("-CONT", drill.Server.Pid);
        await drill.AcknowledgesAsync();
    }

    public static async Task RebuildAsync(Drill drill)
    {
        await drill.RunOnAsync(50, 300);
        drill.Server.Kill();
        drill.RemoveWarehouse();
        await drill.Server.StartAgainAsync();
        await drill.AcknowledgesAsync();
    }

    public static async Task ReplayAsync(Drill drill)
    {
        drill.Traffic.Replay(drill.Random);
        await drill.RunOnAsync(300, 800);
        await drill.KillAndStartAsync();
        await drill.AcknowledgesAsync();
    }

    static async Task SignalAsync(string signal, int process)
    {
        using var kill = Process.Start("kill", [signal, process.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }
}
