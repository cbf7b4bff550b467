namespace Footfall.Drill.Faults;

/// <summary>Every fault there is, once.</summary>
static class FaultTable
{
    public const string Kill = "kill";

    public static IReadOnlyList<Fault> All { get; } =
    [
        new(Kill, "kill -9 at a random moment, now and then again while it starts", _ => null, ProcessFaults.KillAsync),
        new("stop", "SIGTERM under load", _ => null, ProcessFaults.StopAsync),
        new("hang", "the process stands still (SIGSTOP) for a while", _ => null, ProcessFaults.HangAsync),
        new("import", "kill -9 of an import, and of the server under it; the same command again", _ => null, ImportFault.RunAsync),
        new("rebuild", "the warehouse file is deleted and made anew from the log", _ => null, ProcessFaults.RebuildAsync),
        new("rebuild-switch", "everything is rebuilt and switched in or rolled back under load, and the server is killed in it", _ => null, RebuildSwitchFault.RunAsync),
        new("replay", "events held back until now, and repeats of old ones, in no order", _ => null, ProcessFaults.ReplayAsync),
        new("clock", "the clock jumps an hour ahead, an hour back, and home", _ => ClockFault.Missing(), ClockFault.RunAsync),
        new("torn", "bytes of a write that never finished behind the end of the log", _ => null, LogFaults.TornAsync),
        new("flip", "a bit of a record flips, the warehouse is made anew; then it flips back", _ => null, LogFaults.FlipAsync),
        new("flip-last", "a bit of the last acknowledged record flips while the server is down", _ => null, LogFaults.FlipLastAsync),
        new("full", "the disk is full, and the server is killed on it now and then", NeedsDisk, DiskFaults.FullAsync),
        new("broken", "the disk fails and nothing can be written, until it is mounted anew", NeedsDisk, DiskFaults.BrokenAsync),
        new("stall", "the disk stands still for a while", NeedsDisk, DiskFaults.StallAsync),
        new("slow", "other programs sync the disk all the time", _ => null, DiskFaults.SlowAsync),
    ];

    static string? NeedsDisk(Drill drill) =>
        drill.Disk.IsOwn ? null : "it needs a file system of its own, and only root may mount one";
}
