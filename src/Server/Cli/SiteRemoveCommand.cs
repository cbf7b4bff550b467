using System.CommandLine;

namespace Footfall.Server.Cli;

/// <summary>Removes a site, after asking.</summary>
sealed class SiteRemoveCommand : ServerCommand
{
    readonly Argument<string> _site = new("site") { Description = "Its domain or id." };
    readonly Option<bool> _yes = new("--yes") { Description = "Do not ask." };

    public SiteRemoveCommand(CliContext context)
        : base(context, "rm", "Remove a site.", "footfall site rm example.com")
    {
        Arguments.Add(_site);
        Options.Add(_yes);
        SetAction(RunAsync);
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        await using var connection = await ConnectAsync(parsed, create: false, cancellation);
        var site = await SiteAsync(connection.Client, parsed.GetValue(_site)!, cancellation);
        var name = site.Domains[0];
        if (!parsed.GetValue(_yes))
        {
            if (!Context.Interactive)
                throw new UserErrorException($"Removing {name} needs --yes, because nobody is there to ask.");
            await Context.Out.WriteAsync($"Remove {name} and all of its reports? Type its name: ");
            if (Context.ReadLine() != name)
                throw new UserErrorException($"That was not {name}, so nothing was removed.");
        }
        await connection.Client.RemoveSiteAsync(parsed.GetValue(_site)!, cancellation);
        await Context.Out.WriteLineAsync($"Removed {name}. Its hits are being erased; 'footfall receipts' shows the receipt.");
        return CommandLine.Ok;
    }
}
