using Footfall.Drill;

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
var drill = new LedgerDrill(options, Console.Out, enough.Token);
DrillResult result;
try
{
    result = await drill.RunAsync();
}
finally
{
    await drill.DisposeAsync();
}
result.Write(Console.Out);
return result.IsGood ? 0 : 1;
