using System.CommandLine;
using System.Globalization;

namespace Footfall.Server.Cli;

/// <summary>Has the hits tried again on which a step of processing failed.</summary>
sealed class HitsReplayCommand : ServerCommand
{
    readonly Option<string?> _site = new("--site") { Description = "Only hits of this site, by domain or id.", HelpName = "DOMAIN" };

    public HitsReplayCommand(CliContext context)
        : base(context, "replay", "Try the hits again that were set aside because a step failed on them; those that pass are counted on their own day.",
            "footfall hits replay", "footfall hits replay --site example.com")
    {
        Options.Add(_site);
        SetAction(RunAsync);
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        await using var connection = await ConnectAsync(parsed, create: false, cancellation);
        var done = await connection.Client.ReplaySetAsideAsync(parsed.GetValue(_site), cancellation);
        await Context.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{done.Passed:N0} hits passed and are counted; {done.Failed:N0} failed again."));
        if (done.Failed > 0)
            await Context.Out.WriteLineAsync("'footfall doctor' gives their reasons.");
        if (done.Elsewhere > 0)
            await Context.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{done.Elsewhere:N0} are of partitions that other processes work off: run this with --server and the address of each."));
        return done.Failed + done.Elsewhere > 0 ? CommandLine.Failed : CommandLine.Ok;
    }
}
