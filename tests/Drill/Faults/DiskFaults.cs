namespace Footfall.Drill.Faults;

/// <summary>What happens to the disk under the data folder.</summary>
static class DiskFaults
{
    const long Mebibyte = 1024 * 1024;

    public static async Task FullAsync(Drill drill)
    {
        await drill.RunOnAsync(50, 300);
        drill.Disk.Fill(drill.Random.Next(0, 90) * Mebibyte);
        await drill.RunOnAsync(500, 2_500);
        var killed = drill.Random.Next(2) == 0;
        if (killed)
        {
            drill.Server.Kill();
            // A start on a full disk may fail, or come up and refuse events; it may not lose any.
            drill.Server.Launch();
            await drill.RunOnAsync(500, 1_500);
        }
        drill.Disk.Free();
        if (killed)
        {
            drill.Server.Kill();
            await drill.Server.StartAgainAsync();
        }
        await drill.AcknowledgesAsync();
    }

    public static async Task BrokenAsync(Drill drill)
    {
        await drill.RunOnAsync(50, 500);
        drill.Disk.Break();
        await drill.RunOnAsync(300, 1_500);
        drill.Server.Kill();
        drill.Disk.Repair();
        await drill.Server.StartAgainAsync();
        await drill.AcknowledgesAsync();
    }

    public static async Task StallAsync(Drill drill)
    {
        await drill.RunOnAsync(50, 300);
        await drill.Disk.StallAsync(TimeSpan.FromMilliseconds(drill.Random.Next(500, 8_000)));
        await drill.AcknowledgesAsync();
    }

    public static async Task SlowAsync(Drill drill)
    {
        await drill.Disk.CrowdAsync(TimeSpan.FromMilliseconds(drill.Random.Next(1_000, 2_500)));
        await drill.AcknowledgesAsync();
    }
}
