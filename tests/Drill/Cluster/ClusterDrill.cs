using System.Diagnostics;
using Footfall.Drill.Equality;
using Footfall.Drill.Ledger;
using Footfall.Drill.Load;

namespace Footfall.Drill.Cluster;

/// <summary>Load through the balancer while each kind of process of a cluster dies in turn, then the account of every event.</summary>
sealed class ClusterDrill(DrillOptions options, TextWriter output, CancellationToken enough)
{
    static readonly TimeSpan PauseMost = TimeSpan.FromSeconds(5);

    /// <summary>How long nodes of the queue take to start, and who refused events to take them again.</summary>
    static readonly TimeSpan OutageEndsWithin = TimeSpan.FromSeconds(40);

    /// <summary>From acknowledged to found by a search, when nothing is amiss.</summary>
    static readonly TimeSpan FoundWithin = TimeSpan.FromSeconds(2);

    static readonly TimeSpan Calm = TimeSpan.FromSeconds(4);

    readonly AcknowledgedEvents _ledger = new();
    readonly List<FaultTally> _tallies = [];

    public async Task<DrillResult> RunAsync()
    {
        var began = Stopwatch.GetTimestamp();
        await using var cluster = await ClusterProcess.StartAsync([.. options.WithSearch ? (string[])["--elastic"] : [], .. options.WithSpill ? (string[])["--spill"] : []]);
        await output.WriteLineAsync($"The cluster stands after {Stopwatch.GetElapsedTime(began).TotalSeconds:N0} s.");
        using var api = new FootfallApi(await cluster.ClientAsync("web"));
        await api.AddSiteAsync(Drill.Site);
        await api.AddSiteAsync(SearchWatch.Site);
        // Collectors hear of a new site within a second or two.
        await Task.Delay(Calm, CancellationToken.None);
        await using var search = options.WithSearch ? new SearchWatch(await cluster.ClientAsync("web")) : null;
        await using (var traffic = new Traffic(await cluster.ClientAsync("web"), Drill.Site, _ledger, options))
        {
            await using var watch = new ReportWatch(await cluster.ClientAsync("web"), Drill.Site);
            traffic.Start();
            search?.Start();
            await DoFaultsAsync(cluster, traffic, watch, search);
            traffic.Replay(new Random(options.Seed));
            await traffic.FinishAsync();
            await (search?.FinishAsync() ?? Task.CompletedTask);
            await output.WriteLineAsync($"Reports: {watch.Answered} answered, {watch.Failed.Values.Sum()} not{string.Concat(watch.Failed.Select(failed => $"; {failed.Key} {failed.Value} times"))}");
        }
        // A process that reads the queue knows what waits in it.
        using (var processor = new FootfallApi(await cluster.ClientAsync("processor2")))
            await processor.SettledLedgerAsync(Drill.Site);
        await Task.Delay(Calm, CancellationToken.None);
        var audit = await Audit.TakeAsync(api, Drill.Site, _ledger);
        Attribute(audit);
        if (search is not null)
            await CheckSearchAsync(cluster, audit, search);
        return new DrillResult(options, _tallies, audit, Stopwatch.GetElapsedTime(began));
    }

    async Task DoFaultsAsync(ClusterProcess cluster, Traffic traffic, ReportWatch watch, SearchWatch? search)
    {
        foreach (var (name, runAsync) in Chosen())
        {
            if (enough.IsCancellationRequested)
                return;
            var tally = new FaultTally(name) { Times = 1 };
            _tallies.Add(tally);
            (traffic.Fault, watch.Fault) = (_tallies.Count - 1, name);
            if (search is not null)
                search.Fault = name;
            await Task.Delay(Calm, CancellationToken.None);
            _ledger.TakeOutage();
            _ledger.TakeLongestGap();
            traffic.TakeRefused();
            try
            {
                await runAsync(cluster);
                await Task.Delay(Calm, CancellationToken.None);
            }
            catch (Exception failure) when (failure is InvalidOperationException or OperationCanceledException or HttpRequestException)
            {
                tally.Failed = failure.Message;
            }
            tally.LongestUnavailable = _ledger.TakeLongestGap();
            tally.Unavailable = _ledger.TakeOutage();
            var (refused, unanswered) = (traffic.TakeRefused(), watch.FailedDuring(name));
            tally.Failed ??= Complaint(name, tally, refused, unanswered) ?? SearchComplaint(name, search);
            await output.WriteLineAsync($"{name}: {_ledger.Answers:N0} requests acknowledged by now, {refused} of this fault were not, longest pause {tally.LongestUnavailable.TotalSeconds:N1} s, {unanswered} reports not answered{(tally.Failed is null ? "" : $", FAILED: {tally.Failed}")}");
            if (search is not null)
                await output.WriteLineAsync(search.Tell(name));
        }
    }

    async Task EqualAsync(ClusterProcess cluster) => await output.WriteLineAsync($"The whole report of a site: {await EqualReport.CompareAsync(cluster)}.");

    /// <summary>Null when a fault was borne as it must be.</summary>
    string? Complaint(string name, FaultTally tally, int refused, int unanswered)
    {
        var pause = ClusterFaults.Outages.Contains(name) && !options.WithSpill ? ClusterFaults.Away + OutageEndsWithin : PauseMost;
        if (tally.LongestUnavailable > pause)
            return $"nothing was acknowledged for {tally.LongestUnavailable.TotalSeconds:N1} s";
        if (name == ClusterFaults.Rolling && refused > 0)
            return $"{refused} requests were not acknowledged";
        return name != ClusterFaults.Balancer && unanswered > 0 ? $"{unanswered} reports were not answered" : null;
    }

    /// <summary>Null while hits are found soon, and searches answered in spite of one node that is gone.</summary>
    static string? SearchComplaint(string name, SearchWatch? search)
    {
        if (search?.Waits(name) is not { Count: > 0 } waits)
            return null;
        if (name == SearchFaults.Calm && waits[waits.Count / 2] > FoundWithin)
            return $"a hit was found after {waits[waits.Count / 2].TotalSeconds:N1} s (median)";
        return name == SearchFaults.Node && search.Unanswered(name) is > 0 and var unanswered ? $"{unanswered} searches were not answered" : null;
    }

    async Task CheckSearchAsync(ClusterProcess cluster, Audit audit, SearchWatch watch)
    {
        using var dump = await SearchDump.OfAsync(cluster);
        await dump.CaughtUpAsync();
        var documents = await SearchAudit.TakeAsync(dump, [.. _ledger.Sendings(), .. watch.Sendings]);
        await output.WriteLineAsync(documents.Tell());
        audit.Wrong.AddRange(documents.Wrong);
    }

    /// <summary>With Elasticsearch what is done to it; whether a whole report is the same is shown without: its hits are of no use to the account of documents.</summary>
    IEnumerable<(string Name, Func<ClusterProcess, Task> RunAsync)> Chosen() => ClusterFaults.All
        .Where(fault => options.WithSearch || !SearchFaults.All.Contains(fault))
        .Concat(options.WithSearch ? [] : [(Name: ClusterFaults.Equal, RunAsync: EqualAsync)])
        .Where(fault => options.Faults.Count == 0 || options.Faults.Contains(fault.Name));

    void Attribute(Audit audit)
    {
        foreach (var sent in audit.Acknowledged)
        {
            _tallies[sent.Fault].Acknowledged++;
            _tallies[sent.Fault].Found += audit.Found(sent) > 0 ? 1 : 0;
        }
        foreach (var lost in audit.Lost)
            _tallies[lost.Fault].Lost++;
        foreach (var twice in audit.Twice)
            _tallies[twice.Fault].Twice++;
    }
}
