using System.Diagnostics;
using System.Globalization;
using Footfall.Drill.Ledger;

namespace Footfall.Drill.Faults;

/// <summary>A file of events is imported by a process that is killed; the same command goes on where it was. Its exit code 0 acknowledges the file.</summary>
static class ImportFault
{
    const int Events = 4_000;
    const int TriesMax = 20;

    static int s_files;

    public static async Task RunAsync(Drill drill)
    {
        var number = ++s_files;
        var events = Enumerable.Range(0, Events).Select(line => new SentEvent(
            string.Create(CultureInfo.InvariantCulture, $"i{number:D3}-{line:D5}"),
            string.Create(CultureInfo.InvariantCulture, $"i{number}-{line / 10}"),
            TimeProvider.System.GetUtcNow().AddDays(-40).ToUnixTimeMilliseconds() + (line * 1_000L), Repeatable: true, drill.Traffic.Fault)).ToList();
        var file = Path.Combine(drill.Disk.Folder, string.Create(CultureInfo.InvariantCulture, $"import-{number}.ndjson"));
        await File.WriteAllLinesAsync(file, events.Select(Line));
        drill.Ledger.Sent(events);
        for (var tries = 1; ; tries++)
        {
            var code = await ImportAsync(drill, file, patient: tries > 4);
            if (code == 0)
                break;
            if (tries == TriesMax)
                throw new InvalidOperationException($"The import of {file} never came to its end; the last code was {code}.");
        }
        drill.Ledger.Acknowledge(events);
        File.Delete(file);
        await drill.AcknowledgesAsync();
    }

    /// <returns>The exit code; -1 when it was killed.</returns>
    static async Task<int> ImportAsync(Drill drill, string file, bool patient)
    {
        using var import = ServerProcess.Start(
            new ServerOptions(), ["import", "--quiet", "--site", Drill.Site, "--data", drill.Disk.Data, file]);
        var output = import.StandardOutput.ReadToEndAsync();
        var error = import.StandardError.ReadToEndAsync();
        if (!patient)
        {
            await drill.RunOnAsync(100, 900);
            if (drill.Random.Next(3) == 0)
                await KillServerAsync(drill, import);
            else if (!import.HasExited)
                import.Kill();
        }
        await import.WaitForExitAsync();
        await output;
        await error;
        return import.ExitCode == 137 ? -1 : import.ExitCode;
    }

    /// <summary>An import that finds no server becomes one for as long as it runs, and has the data folder; then the server's turn is after it.</summary>
    static async Task KillServerAsync(Drill drill, Process import)
    {
        drill.Server.Kill();
        try
        {
            await drill.Server.StartAgainAsync();
        }
        catch (InvalidOperationException taken) when (taken.Message.Contains("in use by another Footfall process", StringComparison.Ordinal))
        {
            await import.WaitForExitAsync();
            await drill.Server.StartAgainAsync();
        }
    }

    static string Line(SentEvent sent) => FootfallApi.ToJson(new
    {
        url = $"https://{Drill.Site}/imported",
        user_agent = Browsers.Desktop,
        time = sent.Time,
        visitor_id = sent.Visitor,
        event_id = sent.Id,
        props = new { id = sent.Id },
    });
}
