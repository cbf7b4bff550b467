using Footfall.Bench.Benchmarks;
using Footfall.Bench.Processes;

var rest = args.Skip(1).ToArray();
switch (args.FirstOrDefault())
{
    case "driver": await DriverBenchmark.RunAsync(); break;
    case "intake": await IntakeBenchmark.RunAsync(rest); break;
    case "batches": await BatchesBenchmark.RunAsync(); break;
    case "visible": await VisibleBenchmark.RunAsync(rest); break;
    case "memory": await MemoryBenchmark.RunAsync(); break;
    case "empty-endpoint": EmptyEndpoint.Run(int.Parse(rest[0])); break;
    default:
        Console.Error.WriteLine("usage: bench/run driver | intake [CONNECTIONS] [rivals] | batches | visible [EVENTS_PER_SECOND] | memory");
        return 2;
}
return 0;
