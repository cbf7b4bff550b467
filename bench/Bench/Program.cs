using Footfall.Bench;
using Footfall.Bench.Benchmarks;
using Footfall.Bench.Processes;

return args switch
{
    ["driver"] => await DriverBenchmark.RunAsync(),
    ["intake", .. var rest] => await IntakeBenchmark.RunAsync(rest),
    ["batches"] => await BatchesBenchmark.RunAsync(),
    ["visible", .. var rest] => await VisibleBenchmark.RunAsync(rest),
    ["archive"] => await ArchiveBenchmark.RunAsync(),
    ["rebuild", .. var rest] => await RebuildBenchmark.RunAsync(rest),
    ["scaling", .. var rest] => await ScalingBenchmark.RunAsync(rest),
    ["cache"] => await CacheBenchmark.RunAsync(),
    ["memory"] => await MemoryBenchmark.RunAsync(),
    ["hitlog", .. var rest] => await HitLogBench.RunAsync(rest),
    ["useragent", .. var rest] => await UserAgentBench.RunAsync(rest),
    ["dashboard", .. var rest] => await DashboardBenchmark.RunAsync(rest),
    ["parquet", .. var rest] => await ParquetBenchmark.RunAsync(rest),
    ["report", .. var rest] => await ReportBench.RunAsync(rest),
    ["empty-endpoint", var port] => EmptyEndpoint.Run(port),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: bench/run driver | intake [CONNECTIONS] [rivals] | batches | visible [EVENTS_PER_SECOND] | archive | rebuild [HITS] | scaling [CORES_EACH] | cache | memory | hitlog | useragent | dashboard [EVENTS] | report | parquet [EVENTS]");
    return 2;
}
