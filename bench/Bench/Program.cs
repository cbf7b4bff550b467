using Footfall.Bench;

return args switch
{
    ["useragent", .. var rest] => await UserAgentBench.RunAsync(rest),
    _ => 2,
};
