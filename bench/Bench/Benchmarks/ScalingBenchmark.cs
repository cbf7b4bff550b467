using System.Diagnostics;
using System.Globalization;
using System.Net;
using Footfall.Bench.Load;
using Footfall.Bench.Processes;
using Footfall.Bench.Results;
using Footfall.Bench.Traffic;
using Footfall.Drill.Cluster;

namespace Footfall.Bench.Benchmarks;

/// <summary>Two collectors and two processors of a whole cluster against one of each, every one with a fixed share of a core, so that the machine is not what ends them.</summary>
sealed class ScalingBenchmark(ClusterProcess cluster, double coresEach)
{
    const int EventsEach = 100;
    const int Connections = 16;
    const int Turns = 2;

    static readonly TimeSpan Intake = TimeSpan.FromSeconds(12);
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    readonly Dictionary<string, CpuShare> _shares = [];
    long _sent;

    /// <param name="arguments">The share of a core that each has, 0.2 unless told otherwise.</param>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var cores = arguments.Length > 0 ? double.Parse(arguments[0], CultureInfo.InvariantCulture) : 0.2;
        await using var cluster = await ClusterProcess.StartAsync();
        var benchmark = new ScalingBenchmark(cluster, cores);
        using (var api = new FootfallApi(await cluster.ClientAsync("web")))
            await api.AddSiteAsync(Requests.Site);
        // What answers reports ahead of time would take from the others just when there is much to answer.
        await cluster.StopAsync("scheduler1");
        await Task.Delay(TimeSpan.FromSeconds(3));
        try
        {
            return await benchmark.MeasureAsync();
        }
        finally
        {
            await benchmark.EndAsync();
        }
    }

    async Task<int> MeasureAsync()
    {
        // The first turn compiles, and does not count.
        await TurnAsync(2);
        var (one, two) = (new List<Rates>(), new List<Rates>());
        for (var turn = 0; turn < Turns; turn++)
        {
            one.Add(await TurnAsync(1));
            two.Add(await TurnAsync(2));
        }
        var result = new ResultFile(
            "scaling", "Two collectors and processors against one",
            $"A whole cluster on one machine, through HAProxy and three nodes of RabbitMQ; every collector and every processor has {ResultFile.Number(coresEach, 2)} of a core, by a control group. "
            + $"{Connections} keep-alive connections send batches of {EventsEach} events for {Intake.TotalSeconds} s while no processor runs, then processors work off what waits: the time from a "
            + $"tenth of it to nine tenths. The median of {Turns} turns each, one and two in turn. Run with `bench/run scaling` as root.");
        result.Columns("what", "one", "two", "two of one");
        Add("acknowledged events/s", rates => rates.Acknowledged, 0);
        Add("processed events/s", rates => rates.Processed, 0);
        result.Columns("processor time", "one", "two", "two of one");
        Add("of collectors, µs an event", rates => rates.CollectorMicroseconds, 1);
        Add("of processors, µs an event", rates => rates.ProcessorMicroseconds, 1);
        result.Paragraph($"{ResultFile.Number(_sent)} events, each counted once.");
        return result.Save();

        void Add(string name, Func<Rates, double> rate, int digits)
        {
            var (first, second) = (ResultFile.Median(one.Select(rate)), ResultFile.Median(two.Select(rate)));
            result.Row(name, ResultFile.Number(first, digits), ResultFile.Number(second, digits), ResultFile.Number(second / first, 2));
        }
    }

    async Task<Rates> TurnAsync(int servers)
    {
        foreach (var processor in (string[])["processor1", "processor2"])
            await cluster.StopAsync(processor);
        var collectors = await RunAsync("collector", servers);
        var before = collectors.Sum(process => ProcessorTime.Of(process).TotalMicroseconds);
        var target = new IPEndPoint(IPAddress.Loopback, await PortAsync());
        var plan = new LoadPlan(target, Requests.Batches(target, Connections * 16, EventsEach))
        {
            Connections = Connections,
            WarmUp = TimeSpan.FromSeconds(2),
            Duration = Intake,
            FirstEvent = _sent,
        };
        var load = LoadDriver.Run(plan);
        var collecting = (collectors.Sum(process => ProcessorTime.Of(process).TotalMicroseconds) - before) / load.EventsAcknowledged;
        _sent += load.EventsAcknowledged;
        var (processed, processing) = await ProcessAsync(servers, load.EventsAcknowledged);
        return new Rates(load.PerSecond * EventsEach, processed, collecting, processing);
    }

    /// <returns>Events a second, and microseconds of processor time an event, start of the servers not counted.</returns>
    async Task<(double PerSecond, double Microseconds)> ProcessAsync(int servers, long waiting)
    {
        using var reporter = new FootfallApi(await cluster.ClientAsync("reporter1"));
        var processors = await RunAsync("processor", servers);
        using var late = new CancellationTokenSource(Patience);
        var (from, began) = await UntilAsync(waiting * 9 / 10);
        var before = processors.Sum(process => ProcessorTime.Of(process).TotalMicroseconds);
        var (to, ended) = await UntilAsync(waiting / 10);
        var time = processors.Sum(process => ProcessorTime.Of(process).TotalMicroseconds) - before;
        await UntilAsync(0);
        return ((to - from) / Stopwatch.GetElapsedTime(began, ended).TotalSeconds, time / (to - from));

        async Task<(long Counted, long At)> UntilAsync(long left)
        {
            while (true)
            {
                var counted = (await reporter.LedgerAsync(Requests.Site)).Totals.Counted;
                if (counted >= _sent - left)
                    return (counted, Stopwatch.GetTimestamp());
                await Task.Delay(250, late.Token);
            }
        }
    }

    /// <summary>Has so many servers of a kind run, each with its share.</summary>
    /// <returns>Their processes.</returns>
    async Task<IReadOnlyList<int>> RunAsync(string kind, int servers)
    {
        var processes = new List<int>();
        for (var number = 1; number <= 2; number++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{kind}{number}");
            await cluster.StopAsync(name);
            if (number > servers)
                continue;
            await cluster.StartAsync(name);
            processes.Add(await cluster.PidAsync(name));
            await ReadyAsync(name);
            if (!_shares.TryGetValue(name, out var share))
                _shares[name] = share = new CpuShare(name, coresEach);
            share.Give(processes[^1]);
        }
        return processes;
    }

    async Task ReadyAsync(string name)
    {
        using var client = await cluster.ClientAsync(name);
        using var late = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync("/readyz", late.Token);
                if (answer.IsSuccessStatusCode)
                    break;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }
            await Task.Delay(100, late.Token);
        }
        // Until the balancer has seen it, too.
        await Task.Delay(TimeSpan.FromSeconds(3), late.Token);
    }

    async Task<int> PortAsync()
    {
        using var client = await cluster.ClientAsync("web");
        return client.BaseAddress!.Port;
    }

    async Task EndAsync()
    {
        foreach (var (name, share) in _shares)
        {
            await cluster.StopAsync(name);
            share.Dispose();
        }
    }

    sealed record Rates(double Acknowledged, double Processed, double CollectorMicroseconds, double ProcessorMicroseconds);
}
