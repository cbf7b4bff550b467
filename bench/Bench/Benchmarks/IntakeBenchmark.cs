using System.Diagnostics;
using System.Net;
using Footfall.Bench.Load;
using Footfall.Bench.Processes;
using Footfall.Bench.Results;
using Footfall.Bench.Traffic;

namespace Footfall.Bench.Benchmarks;

/// <summary>One event per request, durable before the 202, beside nginx and an empty endpoint in the same minutes.</summary>
static class IntakeBenchmark
{
    const int Rounds = 5;
    const string Nginx = "nginx `return 204`";
    const string Empty = "empty Kestrel endpoint";
    const string Footfall = "Footfall";

    /// <param name="arguments">
    /// Connections, 256 unless told otherwise; <c>rivals</c> to leave the server out, <c>alone</c> to load it for a minute without them, for a profiler to look at.
    /// </param>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var connections = arguments.Select(argument => int.TryParse(argument, out var number) ? number : 0).FirstOrDefault(number => number > 0, 256);
        if (arguments.Contains("alone"))
            return await LoadAloneAsync(connections);
        await using var nginx = Rival.Nginx();
        await using var empty = Rival.Empty();
        await using var server = arguments.Contains("rivals") ? null : await FootfallServer.StartAsync();
        var plans = new List<(string Name, int Pid, LoadPlan Plan)>
        {
            (Nginx, nginx.Pid, Plan(nginx.Address, connections) with { ExpectedStatus = 204 }),
            (Empty, empty.Pid, Plan(empty.Address, connections)),
        };
        if (server is not null)
        {
            await server.Api.AddSiteAsync(Requests.Site);
            plans.Add((Footfall, server.Pid, Plan(new IPEndPoint(IPAddress.Loopback, server.Address.Port), connections)));
        }
        var runs = await InterleaveAsync(plans, server);
        if (server is not null)
            await CheckLedgerAsync(server, runs.Where(run => run.Name == Footfall).Sum(run => run.Result.EventsAcknowledged));
        var result = Report(runs, connections);
        if (server is not null)
            result.Paragraph(Aftermath([.. runs.Where(run => run.Name == Footfall)]));
        return result.Save();
    }

    static async Task<int> LoadAloneAsync(int connections)
    {
        await using var server = await FootfallServer.StartAsync();
        await server.Api.AddSiteAsync(Requests.Site);
        Console.Error.WriteLine($"process {server.Pid}");
        var plan = Plan(new IPEndPoint(IPAddress.Loopback, server.Address.Port), connections);
        long events = 0;
        for (var round = 0; round < 12; round++)
        {
            var before = ProcessorTime.Of(server.Pid);
            var result = LoadDriver.Run(plan with { FirstEvent = events });
            events += result.EventsAcknowledged;
            var each = (ProcessorTime.Of(server.Pid) - before).TotalMicroseconds / result.EventsAcknowledged;
            Console.Error.WriteLine($"{ResultFile.Number(result.PerSecond)}/s, {ResultFile.Number(each, 1)} us each");
            await server.Api.SettledLedgerAsync(Requests.Site);
        }
        return 0;
    }

    /// <summary>The benchmark is worth nothing when an acknowledged event is missing.</summary>
    /// <exception cref="InvalidDataException">The ledger and the acknowledgements differ.</exception>
    public static async Task<LedgerCounts> CheckLedgerAsync(FootfallServer server, long acknowledged)
    {
        var totals = (await server.Api.SettledLedgerAsync(Requests.Site)).Totals;
        if (totals.Accepted != acknowledged || totals.Counted != acknowledged)
            throw new InvalidDataException($"{acknowledged} events were acknowledged, and the ledger says: {totals}");
        return totals;
    }

    static LoadPlan Plan(IPEndPoint address, int connections) =>
        new(address, Requests.Singles(address, connections * 16)) { Connections = connections };

    /// <summary>One after the other in turn, so that what else the machine does hits all of them. Nobody is measured while the server works off what it has acknowledged.</summary>
    static async Task<List<IntakeRun>> InterleaveAsync(List<(string Name, int Pid, LoadPlan Plan)> plans, FootfallServer? server)
    {
        var runs = new List<IntakeRun>();
        long events = 0;
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (name, pid, plan) in plans)
            {
                var before = ProcessorTime.Of(pid);
                var result = LoadDriver.Run(plan with { FirstEvent = events });
                var answered = ProcessorTime.Of(pid);
                var began = Stopwatch.GetTimestamp();
                if (name == Footfall)
                    await server!.Api.SettledLedgerAsync(Requests.Site);
                var run = new IntakeRun(name, result, answered - before, ProcessorTime.Of(pid) - before, Stopwatch.GetElapsedTime(began));
                events += result.EventsAcknowledged;
                runs.Add(run);
                Console.Error.WriteLine($"{name}: {ResultFile.Number(result.PerSecond)}/s, {ResultFile.Number(run.MicrosecondsEach, 1)} us each, {ResultFile.Number(run.MicrosecondsEachSettled, 1)} us to the end");
            }
        }
        return runs;
    }

    static string Aftermath(List<IntakeRun> runs) =>
        $"After a round of Footfall, {ResultFile.Number(ResultFile.Median(runs.Select(run => run.Settling.TotalSeconds)), 1)} s passed (median) until everything acknowledged was in the "
        + "warehouse; only then did the next round begin. Until then the process had used "
        + $"{ResultFile.Number(ResultFile.Median(runs.Select(run => run.MicrosecondsEachSettled)), 1)} us of processor time an event in all (median).";

    static ResultFile Report(List<IntakeRun> runs, int connections)
    {
        var result = new ResultFile(
            "intake", "Intake, one event per request",
            $"400-byte POST, {connections} keep-alive connections, no pipelining, load driver on the same machine; {Rounds} rounds in turn of "
            + "4 s after 1 s of warm-up, medians, those of the ratios taken round by round. The 202 of Footfall comes after fsync; afterwards its ledger was checked against the acknowledgements. "
            + "Processor time is what the server's process used, user and system, from the first request to the last answer, divided by the answers. Run with `bench/run intake`.");
        var rates = runs.GroupBy(run => run.Name).ToDictionary(group => group.Key, group => group.Select(run => run.Result.PerSecond).ToList());
        result.Columns("server", "requests/s", "of nginx", "of the empty endpoint", "processor time a request", "p50", "p99");
        foreach (var group in runs.GroupBy(run => run.Name))
        {
            result.Row(
                group.Key,
                ResultFile.Number(ResultFile.Median(rates[group.Key])),
                MedianRatio(rates[group.Key], rates[Nginx]),
                MedianRatio(rates[group.Key], rates[Empty]),
                ResultFile.Number(ResultFile.Median(group.Select(run => run.MicrosecondsEach)), 1) + " us",
                MedianPercentile(group, 0.50),
                MedianPercentile(group, 0.99));
        }
        return result;
    }

    /// <summary>Round by round: a slow minute of the machine is in both figures of a round.</summary>
    static string MedianRatio(List<double> rates, List<double> others) =>
        ResultFile.Number(ResultFile.Median(rates.Zip(others, (rate, other) => rate / other)), 2);

    static string MedianPercentile(IEnumerable<IntakeRun> runs, double share) =>
        ResultFile.Milliseconds(TimeSpan.FromMilliseconds(ResultFile.Median(runs.Select(run => run.Result.Percentile(share).TotalMilliseconds))));
}
