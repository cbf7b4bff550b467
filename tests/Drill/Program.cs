using Footfall.Drill;
using Footfall.Drill.Cluster;

if (DrillOptions.TryParse(args, out var options) is { } wrong)
{
    await Console.Error.WriteLineAsync(wrong);
    return 2;
}
Console.WriteLine($"The ledger drill, seed {options.Seed}.");
// Ctrl-C is no reason to leave a file system mounted, nor to throw away what is known by then.
using var enough = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = !enough.IsCancellationRequested;
    enough.Cancel();
};
DrillResult result;
if (options.OfCluster)
{
    result = await new ClusterDrill(options, Console.Out, enough.Token).RunAsync();
}
else
{
    await using var drill = new LedgerDrill(options, Console.Out, enough.Token);
    result = await drill.RunAsync();
}
result.Write(Console.Out);
return result.IsGood ? 0 : 1;
