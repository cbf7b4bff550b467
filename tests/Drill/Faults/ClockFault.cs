namespace Footfall.Drill.Faults;

/// <summary>The clock of the server's process, moved by libfaketime while it runs. The monotonic clock is left alone, as a real jump leaves it.</summary>
static class ClockFault
{
    static readonly string[] Places = ["/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1", "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1"];

    /// <summary>
    /// What .NET says as it ends because a wait with a time limit was refused: libfaketime works out that limit anew and now and then gets it wrong.
    /// No clock does that, so it is no fault of the server's; to the ledger it is a kill.
    /// </summary>
    const string SpoiltWait = "0x8007054F";

    public static string? Missing() => Array.Exists(Places, File.Exists) ? null : "it needs libfaketime (the Debian package faketime)";

    public static async Task RunAsync(Drill drill)
    {
        var time = Path.Combine(drill.Disk.Folder, "time");
        await File.WriteAllTextAsync(time, "+0");
        var faketime = new Dictionary<string, string>
        {
            ["LD_PRELOAD"] = Array.Find(Places, File.Exists)!,
            ["FAKETIME_TIMESTAMP_FILE"] = time,
            ["FAKETIME_NO_CACHE"] = "1",
            ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
            ["NO_FAKE_STAT"] = "1",
        };
        await drill.WithAsync(faketime, () => JumpAsync(drill, time));
        await drill.KillAndStartAsync();
        await drill.AcknowledgesAsync();
    }

    static async Task JumpAsync(Drill drill, string time)
    {
        await drill.KillAndStartAsync();
        foreach (var jump in (string[])["+3600", "-3600", "+0"])
        {
            await File.WriteAllTextAsync(time + ".new", jump);
            File.Move(time + ".new", time, overwrite: true);
            await drill.RunOnAsync(300, 900);
            try
            {
                await drill.AcknowledgesAsync();
            }
            catch (InvalidOperationException) when (drill.Server.Output.Contains(SpoiltWait, StringComparison.Ordinal))
            {
                await drill.Server.StartAgainAsync();
            }
        }
    }
}
