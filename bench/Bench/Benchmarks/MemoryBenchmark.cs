using System.Diagnostics;
using System.Net;
using System.Text;
using Footfall.Bench.Load;
using Footfall.Bench.Processes;
using Footfall.Bench.Results;
using Footfall.Bench.Traffic;

namespace Footfall.Bench.Benchmarks;

/// <summary>From the start of the process to its first acknowledgement, and what it holds in memory idle and under load.</summary>
static class MemoryBenchmark
{
    const int Starts = 5;
    static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);
    static readonly TimeSpan Load = TimeSpan.FromSeconds(20);

    public static async Task<int> RunAsync()
    {
        await using var server = await FootfallServer.StartAsync();
        await server.Api.AddSiteAsync(Requests.Site);
        var port = server.Address.Port;
        await server.StopAsync(TimeSpan.FromSeconds(30));
        var starts = new List<double>();
        long acknowledged = 0;
        for (var start = 0; start < Starts; start++)
        {
            starts.Add((await ToFirstAckAsync(server, port, acknowledged++)).TotalMilliseconds);
            if (start < Starts - 1)
                await server.StopAsync(TimeSpan.FromSeconds(30));
        }
        await server.ReadyAsync();
        await Task.Delay(Idle);
        var idle = Memory.Resident(server.Pid);
        var address = new IPEndPoint(IPAddress.Loopback, server.Address.Port);
        var singles = LoadDriver.Run(new LoadPlan(address, Requests.Singles(address, 1024)) { Duration = Load / 2, FirstEvent = acknowledged });
        var afterSingles = Memory.Highest(server.Pid);
        acknowledged += singles.EventsAcknowledged;
        var batches = LoadDriver.Run(new LoadPlan(address, Requests.Batches(address, 256, 100)) { Connections = 16, Duration = Load, FirstEvent = acknowledged });
        await IntakeBenchmark.CheckLedgerAsync(server, acknowledged + batches.EventsAcknowledged);

        var result = new ResultFile(
            "memory", "Cold start and memory",
            $"Median of {Starts} starts on a folder with one site, from the start of the process to its first 202; then {Idle.TotalSeconds} s idle, "
            + $"{Load.TotalSeconds / 2} s of single events over 64 connections and {Load.TotalSeconds} s of batches of 100 over 16, as fast as they are answered. Run with `bench/run memory`.");
        result.Columns("what", "figure");
        result.Row("cold start to first acknowledgement", ResultFile.Number(ResultFile.Median(starts)) + " ms");
        result.Row("resident, idle", ResultFile.Number(idle) + " MiB");
        result.Row("highest resident, single events", ResultFile.Number(afterSingles) + " MiB");
        result.Row("highest resident, batches", ResultFile.Number(Memory.Highest(server.Pid)) + " MiB");
        return result.Save();
    }

    /// <summary>Asks again and again, on the port of before, until an event is acknowledged.</summary>
    static async Task<TimeSpan> ToFirstAckAsync(FootfallServer server, int port, long number)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(20) };
        var began = Stopwatch.GetTimestamp();
        server.Launch($"127.0.0.1:{port}");
        while (true)
        {
            try
            {
                var probe = FootfallApi.ToJson(new { site = Requests.Site, url = $"https://{Requests.Site}/", event_id = $"start-{number}" });
                using var body = new StringContent(probe, Encoding.UTF8, "application/json");
                using var request = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{port}/api/v1/events") { Content = body };
                request.Headers.UserAgent.ParseAdd(Browsers.Desktop);
                using var answer = await http.SendAsync(request);
                if (answer.StatusCode == HttpStatusCode.Accepted)
                    return Stopwatch.GetElapsedTime(began);
            }
            catch (HttpRequestException)
            {
                // Nobody listens yet.
            }
            if (!server.IsRunning || Stopwatch.GetElapsedTime(began) > TimeSpan.FromSeconds(20))
                throw new InvalidDataException($"No event was acknowledged:\n{server.Output}");
            await Task.Delay(5);
        }
    }
}
