using System.Globalization;

namespace Footfall.Server.Cli.Demo;

/// <summary>The traffic that a demo shows: a real log that lies beside the repository, or else a made-up day.</summary>
/// <param name="File">The log to import.</param>
/// <param name="Domain">The site that it is of.</param>
sealed record DemoLog(string File, string Domain)
{
    const string RealLog = "shared/data/apache_access.log.gz";

    /// <param name="home">The repository's folder; null when nobody knows.</param>
    public static DemoLog Find(string? home, string dataFolder, int seed, TimeProvider clock)
    {
        if (home is not null && Path.GetFullPath(Path.Combine(home, "..", RealLog)) is var real && System.IO.File.Exists(real))
            return new DemoLog(real, "semicomplete.com");
        var folder = Path.Combine(dataFolder, "demo");
        Directory.CreateDirectory(folder);
        // Kept, so that a second run finds the same day and has nothing to import.
        var file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"sample-{seed}.jsonl"));
        if (!System.IO.File.Exists(file))
        {
            var draft = file + ".new";
            using (var writer = new StreamWriter(draft))
                new SampleTraffic(seed, clock.GetUtcNow().UtcDateTime.Date.AddDays(-1)).Write(writer);
            System.IO.File.Move(draft, file);
        }
        return new DemoLog(file, SampleTraffic.Domain);
    }
}
