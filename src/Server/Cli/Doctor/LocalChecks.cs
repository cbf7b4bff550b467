using System.Globalization;

namespace Footfall.Server.Cli.Doctor;

/// <summary>What can be checked without a server: the data folder, its disk, the clock.</summary>
static class LocalChecks
{
    /// <summary>Below this much free space there is reason to worry; below a tenth of it, to stop.</summary>
    const long FreeBytesLow = 2L * 1024 * 1024 * 1024;

    const int EarliestYear = 2025;
    const int LatestYear = 2100;

    public static IEnumerable<Finding> Run(string dataFolder, TimeProvider clock)
    {
        if (!Directory.Exists(dataFolder))
        {
            yield return Finding.Fail("data folder", $"{dataFolder} does not exist", "start 'footfall serve' once, or name the folder with --data");
            yield break;
        }
        yield return Writable(dataFolder);
        yield return Space(dataFolder);
        yield return Clock(dataFolder, clock.GetUtcNow());
    }

    static Finding Writable(string dataFolder)
    {
        var probe = Path.Combine(dataFolder, $".doctor-{Environment.ProcessId}");
        try
        {
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return Finding.Ok("data folder", $"{Path.GetFullPath(dataFolder)} can be written");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Finding.Fail("data folder", $"{dataFolder} cannot be written: {error.Message}", $"give the user that runs footfall the folder {dataFolder}");
        }
    }

    static Finding Space(string dataFolder)
    {
        var drive = new DriveInfo(Path.GetFullPath(dataFolder));
        var free = drive.AvailableFreeSpace;
        var words = string.Create(CultureInfo.InvariantCulture, $"{free / 1e9:N1} GB of {drive.TotalSize / 1e9:N1} GB free");
        return free < FreeBytesLow / 10 ? Finding.Fail("disk", words, "make room: a full disk refuses events")
            : free < FreeBytesLow ? Finding.Warn("disk", words, "make room soon: a full disk refuses events")
            : Finding.Ok("disk", words);
    }

    static Finding Clock(string dataFolder, DateTimeOffset now)
    {
        var words = string.Create(CultureInfo.InvariantCulture, $"it is {now:yyyy-MM-dd HH:mm:ss} UTC");
        if (now.Year is < EarliestYear or > LatestYear)
            return Finding.Fail("clock", words, "set the machine's clock");
        // What this machine wrote in the past cannot lie in the future, unless its clock was ahead then or is behind now.
        var newest = new DirectoryInfo(dataFolder).EnumerateFiles().Select(file => file.LastWriteTimeUtc).DefaultIfEmpty().Max();
        return newest > now.UtcDateTime.AddMinutes(1)
            ? Finding.Warn("clock", string.Create(CultureInfo.InvariantCulture, $"{words}, but a file of the data folder is of {newest:yyyy-MM-dd HH:mm:ss}"),
                "check the machine's clock and its time service")
            : Finding.Ok("clock", words);
    }
}
