using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Footfall.Drill.Faults;
using Footfall.Drill.Ledger;
using Footfall.Drill.Load;

namespace Footfall.Drill;

/// <summary>Faults at random moments under load, then the account of every event.</summary>
/// <param name="enough">Ends it after the fault at hand, with the account of what there is by then.</param>
sealed class LedgerDrill(DrillOptions options, TextWriter output, CancellationToken enough) : IAsyncDisposable
{
    const long DiskBytes = 6L << 30;

    readonly Disk _disk = Disk.Make(DiskBytes);
    readonly AcknowledgedEvents _ledger = new();
    readonly Dictionary<string, FaultTally> _tallies = FaultTable.All.ToDictionary(fault => fault.Name, fault => new FaultTally(fault.Name));
    readonly List<string> _done = [];
    FootfallServer _server = null!;

    public async Task<DrillResult> RunAsync()
    {
        var began = Stopwatch.GetTimestamp();
        _server = await FootfallServer.StartAsync(new ServerOptions
        {
            Data = _disk.Data,
            Listen = $"127.0.0.1:{FreePort()}",
            // So that hits are sealed while things break, and what is made anew is made from archive and log.
            Environment = new Dictionary<string, string> { ["FOOTFALL_ARCHIVE_SEAL_SECONDS"] = "2" },
        });
        await _server.Api.AddSiteAsync(Drill.Site);
        await using var traffic = new Traffic(_server.Api.Http, Drill.Site, _ledger, options);
        traffic.Start();
        var drill = new Drill(_server, _disk, traffic, _ledger, new Random(options.Seed));
        await DoFaultsAsync(drill, began);
        // After a fault that failed the server may be down; what it has on its disk is accounted for all the same.
        if (!_server.IsRunning)
            await _server.StartAgainAsync();
        traffic.Resume();
        traffic.Replay(drill.Random);
        await traffic.FinishAsync();
        var audit = await Audit.TakeAsync(_server.Api, Drill.Site, _ledger);
        Attribute(audit);
        return new DrillResult(options, [.. _tallies.Values.Where(tally => tally.Times > 0 || tally.Skipped is not null)], audit, Stopwatch.GetElapsedTime(began));
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        _disk.Dispose();
    }

    async Task DoFaultsAsync(Drill drill, long began)
    {
        var kills = 0;
        do
        {
            foreach (var fault in Round(drill.Random, ref kills))
            {
                if (enough.IsCancellationRequested || !await DoAsync(fault, drill))
                    return;
            }
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"{Stopwatch.GetElapsedTime(began).TotalSeconds,6:N0} s: {_done.Count} faults, {kills} kills, {_ledger.Answers:N0} requests acknowledged"));
        }
        while (kills < options.Kills || Stopwatch.GetElapsedTime(began).TotalMinutes < options.Minutes);
    }

    /// <summary>The kills of a round and every other fault once, in random order.</summary>
    List<Fault> Round(Random random, ref int kills)
    {
        var chosen = FaultTable.All.Where(fault => options.Faults.Count == 0 || options.Faults.Contains(fault.Name)).ToList();
        var killing = chosen.Find(fault => fault.Name == FaultTable.Kill);
        var count = Math.Min(options.KillsPerRound, Math.Max(1, options.Kills - kills));
        kills += count;
        Fault[] round = [.. chosen.Where(fault => fault != killing), .. killing is null ? [] : Enumerable.Repeat(killing, count)];
        random.Shuffle(round);
        return [.. round];
    }

    /// <returns>False when the drill cannot go on.</returns>
    async Task<bool> DoAsync(Fault fault, Drill drill)
    {
        var tally = _tallies[fault.Name];
        if ((tally.Skipped = fault.Missing(drill)) is not null)
            return true;
        _done.Add(fault.Name);
        tally.Times++;
        drill.Traffic.Fault = _done.Count - 1;
        _ledger.TakeOutage();
        try
        {
            await fault.RunAsync(drill);
            await drill.WorksAsync();
        }
        catch (Exception failure) when (failure is InvalidOperationException or TimeoutException or IOException or HttpRequestException or OperationCanceledException)
        {
            tally.Failed = failure.Message;
            await output.WriteLineAsync($"FAILED {fault.Name}: {failure.Message}");
            return false;
        }
        var outage = _ledger.TakeOutage();
        tally.Unavailable += outage;
        if (outage > tally.LongestUnavailable)
            tally.LongestUnavailable = outage;
        return true;
    }

    void Attribute(Audit audit)
    {
        foreach (var sent in audit.Acknowledged)
        {
            var tally = _tallies[_done[sent.Fault]];
            tally.Acknowledged++;
            tally.Found += audit.Found(sent) > 0 ? 1 : 0;
        }
        foreach (var lost in audit.Lost)
            _tallies[_done[lost.Fault]].Lost++;
        foreach (var twice in audit.Twice)
            _tallies[_done[twice.Fault]].Twice++;
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
