using Footfall.Drill;

if (DrillOptions.TryParse(args, out var options) is { } wrong)
{
    await Console.Error.WriteLineAsync(wrong);
    return 2;
}
Console.WriteLine($"The ledger drill, seed {options.Seed}.");
var drill = new LedgerDrill(options, Console.Out);
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
