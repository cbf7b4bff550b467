using Footfall.Bench;

return args switch
{
    ["report", .. var rest] => await ReportBench.RunAsync(rest),
    _ => 1,
};
