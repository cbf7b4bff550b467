using System.Globalization;
using System.Net;
using System.Text.Json;
using Footfall.Adapters.ArchiveFolder;
using Footfall.Adapters.EmbeddedLog;
using Footfall.Bench.Load;
using Footfall.Bench.Processes;
using Footfall.Bench.Results;
using Footfall.Bench.Traffic;
using Footfall.Core.Archive;
using Footfall.Core.HitLog;
using Footfall.Core.Hits;

namespace Footfall.Bench.Benchmarks;

/// <summary>How fast an archive of page views is made anew, what that costs of the processor, and what it does to the latency of intake meanwhile.</summary>
static class RebuildBenchmark
{
    const int Sites = 20;
    const double IntakePerSecond = 200;
    const long HourMilliseconds = 3_600_000;
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <param name="arguments">Page views, two million unless told otherwise.</param>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var hits = arguments is [var number] ? int.Parse(number, CultureInfo.InvariantCulture) : 2_000_000;
        await using var server = await FootfallServer.StartAsync();
        for (var site = 1; site < Sites; site++)
            await server.Api.AddSiteAsync(FormattableString.Invariant($"site-{site}.example"));
        await server.Api.AddSiteAsync(Requests.Site);
        await server.StopAsync(TimeSpan.FromSeconds(30));
        await FillAsync(server.Data, hits);
        await server.StartAgainAsync();
        await UntilAsync(async () => (await server.Api.StatusAsync()).GetProperty("processor").GetProperty("lag_bytes").GetInt64() == 0);
        var made = Snapshot(server.Pid);

        var quiet = Intake(server, 0, TimeSpan.FromSeconds(10));
        await server.Api.SettledLedgerAsync(Requests.Site);
        var (alone, cpu, _) = await RebuildAsync(server, hits, () => null);
        var (beside, _, busy) = await RebuildAsync(server, hits, () => Intake(server, 1_000_000, TimeSpan.FromSeconds(10)));

        var result = new ResultFile(
            "rebuild", "A rebuild of everything",
            $"{ResultFile.Number(hits)} page views of one day on {Sites} sites in an archive sealed by the hour, read anew by the running server; intake is paced at "
            + $"{IntakePerSecond} requests/s on 16 connections, each an event. Rates are the server's own, of the reading alone. Run with `bench/run rebuild`.");
        result.Columns("what", "page views/s", "processor time a page view");
        result.Row("a rebuild alone", ResultFile.Number(alone), ResultFile.Number(cpu / hits * 1e6, 1) + " µs");
        result.Row("a rebuild with intake beside it", ResultFile.Number(beside), "");
        result.Row("the live processor at the start, compaction and all", "", ResultFile.Number(made / hits * 1e6, 1) + " µs");
        result.Columns("intake", "p50", "p99");
        result.Row("alone", ResultFile.Milliseconds(quiet.Percentile(0.5)), ResultFile.Milliseconds(quiet.Percentile(0.99)));
        result.Row("with a rebuild beside it", ResultFile.Milliseconds(busy!.Percentile(0.5)), ResultFile.Milliseconds(busy.Percentile(0.99)));
        result.Paragraph($"One processor works off {ResultFile.Number(hits / cpu)} page views in a second of its time. Highest resident memory {ResultFile.Number(Memory.Highest(server.Pid))} MiB.");
        return result.Save();
    }

    static LoadResult Intake(FootfallServer server, long first, TimeSpan duration)
    {
        var address = new IPEndPoint(IPAddress.Loopback, server.Address.Port);
        return LoadDriver.Run(new LoadPlan(address, Requests.Singles(address, 256)) { Connections = 16, Pace = IntakePerSecond, Duration = duration, FirstEvent = first });
    }

    /// <returns>Page views a second while raw hits were read, seconds of processor time of that, and what was measured meanwhile.</returns>
    static async Task<(double PerSecond, double Cpu, LoadResult? Meanwhile)> RebuildAsync(FootfallServer server, int hits, Func<LoadResult?> meanwhile)
    {
        using var asked = await server.Api.Http.PostAsJsonAsync("/api/v1/rebuilds", new { });
        asked.EnsureSuccessStatusCode();
        var id = (await asked.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        await UntilAsync(async () => (await PhaseAsync(server, id)).Phase == "replaying");
        var (before, rate) = (Snapshot(server.Pid), 0.0);
        var measured = Task.Run(meanwhile);
        await UntilAsync(async () =>
        {
            var (phase, perSecond) = await PhaseAsync(server, id);
            rate = perSecond ?? rate;
            return phase != "replaying";
        });
        var cpu = Snapshot(server.Pid) - before;
        var result = await measured;
        await UntilAsync(async () => (await PhaseAsync(server, id)).Phase == "ready");
        var difference = await server.Api.Http.GetFromJsonAsync<JsonElement>($"/api/v1/rebuilds/{id}/difference");
        if (difference.GetProperty("moved").GetInt64() != 0 || difference.GetProperty("numbers").GetInt64() == 0)
            throw new InvalidDataException($"A rebuild of {hits} page views with unchanged logic moved numbers: {difference}");
        return (rate, cpu, result);
    }

    static async Task<(string Phase, double? PerSecond)> PhaseAsync(FootfallServer server, string id)
    {
        var rebuild = await server.Api.Http.GetFromJsonAsync<JsonElement>($"/api/v1/rebuilds/{id}");
        var progress = rebuild.GetProperty("progress");
        return (rebuild.GetProperty("phase").GetString()!, progress.ValueKind == JsonValueKind.Object ? progress.GetProperty("hits_per_second").GetDouble() : null);
    }

    static async Task UntilAsync(Func<Task<bool>> done)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await done())
            await Task.Delay(100, patience.Token);
    }

    /// <summary>Seconds of processor time of a process, its own and the system's for it.</summary>
    static double Snapshot(int process)
    {
        var fields = File.ReadAllText($"/proc/{process}/stat").Split(')')[1].Split(' ');
        return (double.Parse(fields[12], CultureInfo.InvariantCulture) + double.Parse(fields[13], CultureInfo.InvariantCulture)) / 100;
    }

    /// <summary>An archive as the archiver would have sealed it, in a data folder that no server has; the log is begun after it.</summary>
    static async Task FillAsync(string data, int hits)
    {
        Directory.Delete(Path.Combine(data, "log"), recursive: true);
        foreach (var file in Directory.GetFiles(data, "warehouse.duckdb*"))
            File.Delete(file);
        var disk = new LogDisk();
        await using var archive = FolderArchive.Open(new FolderArchiveOptions { Folder = Path.Combine(data, "archive"), Disk = new ArchiveDisk(disk.Sync, disk.SyncFolder) });
        var views = new PageViewRecords(seed: 1);
        IArchiveDraft? draft = null;
        var (hour, end) = (0L, 0L);
        for (var made = 0; made < hits; made++)
        {
            var record = views.Next(86_400_000.0 / hits);
            var its = HitBatchCodec.ReceivedAtOf(record.Bytes.Span)!.Value / HourMilliseconds;
            if (draft is not null && its != hour)
            {
                await draft.SealAsync(new LogPosition(0, end), CancellationToken.None);
                await draft.DisposeAsync();
                draft = null;
            }
            draft ??= archive.Begin(new LogPosition(0, record.Offset), ArchiveEffort.Quick);
            (hour, end) = (its, record.NextOffset);
            await draft.AddAsync(record, CancellationToken.None);
        }
        await draft!.SealAsync(new LogPosition(0, end), CancellationToken.None);
        await draft.DisposeAsync();
    }
}
