using Footfall.Bench;

return args switch
{
    ["hitlog", .. var rest] => await HitLogBench.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: bench hitlog [seconds] [runs] [folder]");
    return 2;
}
