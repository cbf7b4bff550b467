using Footfall.Bench.Benchmarks;
using Footfall.Bench.Processes;

return args switch
{
    ["driver"] => await DriverBenchmark.RunAsync(),
    ["intake", .. var rest] => await IntakeBenchmark.RunAsync(rest),
    ["batches"] => await BatchesBenchmark.RunAsync(),
    ["visible", .. var rest] => await VisibleBenchmark.RunAsync(rest),
    ["memory"] => await MemoryBenchmark.RunAsync(),
    ["empty-endpoint", var port] => EmptyEndpoint.Run(port),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: bench/run driver | intake [CONNECTIONS] [rivals] | batches | visible [EVENTS_PER_SECOND] | memory");
    return 2;
}
