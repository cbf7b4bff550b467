using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Footfall.Bench.Load;
using Footfall.Bench.Processes;
using Footfall.Bench.Results;
using Footfall.Bench.Traffic;

namespace Footfall.Bench.Benchmarks;

/// <summary>Whether the load driver is good enough to measure with: it and wrk drive the same nginx with the same request in turn.</summary>
static partial class DriverBenchmark
{
    const int Rounds = 5;
    const int Connections = 64;

    public static async Task<int> RunAsync()
    {
        await using var nginx = Rival.Nginx();
        var requests = Requests.Singles(nginx.Address, Connections);
        List<double> ours = [], theirs = [];
        for (var round = 0; round < Rounds; round++)
        {
            ours.Add(LoadDriver.Run(new LoadPlan(nginx.Address, requests) { Connections = Connections, ExpectedStatus = 204 }).PerSecond);
            theirs.Add(Wrk(nginx, requests[0]));
        }
        var (own, wrk) = (ResultFile.Median(ours), ResultFile.Median(theirs));
        var result = new ResultFile(
            "driver", "The load driver against wrk",
            $"Both drive the same nginx (`worker_processes 1`, `return 204`) with the same 400-byte POST over {Connections} keep-alive connections and "
            + $"one thread; {Rounds} rounds in turn, medians. Run with `bench/run driver`.");
        result.Columns("driver", "requests/s", "of wrk");
        result.Row("wrk", ResultFile.Number(wrk), "1.00");
        result.Row("this", ResultFile.Number(own), ResultFile.Number(own / wrk, 2));
        return result.Save();
    }

    static double Wrk(Rival nginx, RequestTemplate request)
    {
        var text = Encoding.UTF8.GetString(request.Bytes);
        var body = text[(text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        var script = Path.GetTempFileName();
        try
        {
            File.WriteAllText(script, $"wrk.method = 'POST'\nwrk.headers['Content-Type'] = 'application/json'\nwrk.body = [==[{body}]==]\n");
            var start = new ProcessStartInfo("wrk", ["-t1", $"-c{Connections}", "-d4s", "-s", script, $"http://{nginx.Address}/api/v1/events"])
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            };
            using var wrk = Process.Start(start)!;
            var output = wrk.StandardOutput.ReadToEnd();
            wrk.WaitForExit();
            return double.Parse(PerSecond().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
        }
        finally
        {
            File.Delete(script);
        }
    }

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex PerSecond();
}
