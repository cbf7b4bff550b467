using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using Footfall.Bench.Load;
using Footfall.Bench.Processes;
using Footfall.Bench.Results;
using Footfall.Bench.Traffic;

namespace Footfall.Bench.Benchmarks;

/// <summary>Batches of 100 events, all the way to queryable, beside DuckDB's own appender with as many rows as wide.</summary>
static class BatchesBenchmark
{
    const int EventsEach = 100;
    const int Connections = 16;
    static readonly TimeSpan Duration = TimeSpan.FromSeconds(20);

    public static async Task<int> RunAsync()
    {
        await using var server = await FootfallServer.StartAsync();
        await server.Api.AddSiteAsync(Requests.Site);
        var address = new IPEndPoint(IPAddress.Loopback, server.Address.Port);
        var requests = Requests.Batches(address, Connections * 16, EventsEach);
        var began = Stopwatch.GetTimestamp();
        var sent = LoadDriver.Run(new LoadPlan(address, requests) { Connections = Connections, WarmUp = TimeSpan.Zero, Duration = Duration });
        var acknowledgedAfter = Stopwatch.GetElapsedTime(began);
        await UntilReportedAsync(server, sent.EventsAcknowledged);
        var queryableAfter = Stopwatch.GetElapsedTime(began);
        await IntakeBenchmark.CheckLedgerAsync(server, sent.EventsAcknowledged);
        var highest = Memory.Highest(server.Pid);
        await server.StopAsync(TimeSpan.FromSeconds(30));

        var events = sent.EventsAcknowledged;
        var appender = ResultFile.Median(Enumerable.Range(0, 3).Select(_ => AppenderRival.RowsPerSecond((int)Math.Min(events, 2_000_000))));
        var result = new ResultFile(
            "batches", "Batches of 100 events, to queryable",
            $"{Connections} keep-alive connections for {Duration.TotalSeconds} s, every event with an id and a visitor of its own making; the time runs until a "
            + "report shows all of them. The appender is DuckDB's own in a process that does nothing else, as many columns as `events`. Run with `bench/run batches`.");
        result.Columns("what", "events/s", "of the appender");
        result.Row("DuckDB's appender", ResultFile.Number(appender), "1.00");
        Rate("acknowledged", acknowledgedAfter);
        Rate("queryable", queryableAfter);
        result.Columns("kept", "bytes an event");
        result.Row("warehouse", PerEvent(BytesIn(server.Data, "warehouse*")));
        result.Row("hit log", PerEvent(BytesIn(Path.Combine(server.Data, "log"), "*")));
        result.Row("the request's JSON, gzip'd", ResultFile.Number(GzippedPerEvent(requests), 1));
        result.Paragraph($"{ResultFile.Number(events)} events; highest resident memory {ResultFile.Number(highest)} MiB.");
        return result.Save();

        void Rate(string name, TimeSpan time) =>
            result.Row(name, ResultFile.Number(events / time.TotalSeconds), ResultFile.Number(events / time.TotalSeconds / appender, 2));

        string PerEvent(long bytes) => ResultFile.Number((double)bytes / events, 1);
    }

    static async Task UntilReportedAsync(FootfallServer server, long events)
    {
        // The ledger costs next to nothing to ask, a report of everything does not: asking for one all the time would be part of what is measured.
        await server.Api.SettledLedgerAsync(Requests.Site);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        while (await server.Api.TotalAsync(Requests.Site, "events") < events)
            await Task.Delay(50, patience.Token);
    }

    static long BytesIn(string folder, string pattern) =>
        new DirectoryInfo(folder).EnumerateFiles(pattern, SearchOption.AllDirectories).Sum(file => file.Length);

    static double GzippedPerEvent(RequestTemplate[] requests)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (var index = 0; index < requests.Length; index++)
            {
                requests[index].Stamp(index * EventsEach);
                gzip.Write(requests[index].Bytes);
            }
        }
        return (double)target.Length / (requests.Length * EventsEach);
    }
}
