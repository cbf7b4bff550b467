using System.Diagnostics;
using System.Globalization;
using System.Net;
using Footfall.Bench.Load;
using Footfall.Bench.Results;
using Footfall.Bench.Traffic;

namespace Footfall.Bench.Benchmarks;

/// <summary>How long after its acknowledgement an event is in a report, while batches come in at half of what the server takes.</summary>
static class VisibleBenchmark
{
    const int EventsEach = 100;
    const int Connections = 16;

    /// <summary>Half of what <c>bench/run batches</c> finds that two cores sustain, all the way to a report.</summary>
    const double EventsPerSecond = 31_500;
    static readonly TimeSpan Duration = TimeSpan.FromSeconds(60);

    /// <summary>Probes begin once the server's code has been compiled for its load.</summary>
    static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(15);

    /// <summary>Probes go to a site of their own, so that a report of one row tells.</summary>
    const string ProbeSite = "probe.example";

    /// <param name="arguments">Events per second, 31,500 unless told otherwise.</param>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var pace = arguments.Length > 0 ? double.Parse(arguments[0], CultureInfo.InvariantCulture) : EventsPerSecond;
        await using var server = await FootfallServer.StartAsync();
        await server.Api.AddSiteAsync(Requests.Site);
        await server.Api.AddSiteAsync(ProbeSite);
        var address = new IPEndPoint(IPAddress.Loopback, server.Address.Port);
        var plan = new LoadPlan(address, Requests.Batches(address, Connections * 16, EventsEach))
        {
            Connections = Connections,
            WarmUp = TimeSpan.Zero,
            Duration = Duration,
            Pace = pace / EventsEach,
        };
        var load = Task.Factory.StartNew(() => LoadDriver.Run(plan), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await Task.Delay(WarmUp);
        var delays = new List<TimeSpan>();
        while (!load.IsCompleted)
            delays.Add(await ProbeAsync(server, delays.Count + 1));
        var sent = await load;
        await IntakeBenchmark.CheckLedgerAsync(server, sent.EventsAcknowledged);
        delays.Sort();
        var result = new ResultFile(
            "visible", "From the acknowledgement to a report",
            $"Batches of {EventsEach} at a steady {ResultFile.Number(sent.EventsAcknowledged / Duration.TotalSeconds)} events/s for {Duration.TotalSeconds} s; from {WarmUp.TotalSeconds} s on one "
            + "event after another is sent to a second site, and a report of that site is asked again and again until it counts it. Run with `bench/run visible`.");
        result.Columns("probes", "p50", "p99", "longest");
        result.Row(
            ResultFile.Number(delays.Count),
            ResultFile.Milliseconds(delays[delays.Count / 2]),
            ResultFile.Milliseconds(delays[(int)(delays.Count * 0.99)]),
            ResultFile.Milliseconds(delays[^1]));
        return result.Save();
    }

    static async Task<TimeSpan> ProbeAsync(FootfallServer server, int number)
    {
        var probe = FootfallApi.ToJson(new { site = ProbeSite, url = $"https://{ProbeSite}/", event_id = $"probe-{number}" });
        using var answer = await server.Api.SendAsync(probe);
        var acknowledged = Stopwatch.GetTimestamp();
        if (answer.StatusCode != HttpStatusCode.Accepted)
            throw new InvalidDataException($"A probe was answered {(int)answer.StatusCode}.");
        while (await server.Api.TotalAsync(ProbeSite, "events") < number)
        {
            if (Stopwatch.GetElapsedTime(acknowledged) > TimeSpan.FromMinutes(1))
                throw new InvalidDataException("A probe was not in a report a minute after its acknowledgement.");
            await Task.Delay(10);
        }
        return Stopwatch.GetElapsedTime(acknowledged);
    }
}
