using System.CommandLine;
using Footfall.Server.Cli.Rebuild;
using Footfall.Server.Cli.Wire;

namespace Footfall.Server.Cli;

/// <summary>Makes history anew from the raw hits, and shows what that changes.</summary>
sealed class RebuildCommand : ServerCommand
{
    readonly Option<string?> _from = new("--from") { Description = "The first day to replace, local to each site; since ever by default.", HelpName = "DAY" };
    readonly Option<string?> _to = new("--to") { Description = "The last day to replace; until now by default.", HelpName = "DAY" };
    readonly Option<string[]> _sites = new("--site") { Description = "A site, by domain or id; repeat for more than one. All of them by default.", HelpName = "SITE" };
    readonly Option<bool> _dryRun = new("--dry-run") { Description = "Show the difference and keep nothing." };
    readonly Option<bool> _switch = new("--switch") { Description = "Have the new numbers go live as soon as the difference is known." };
    readonly DifferenceOptions _shown = new();

    public RebuildCommand(CliContext context)
        : base(context, "rebuild", "Make history anew from the raw hits with today's logic and rules, beside the live numbers; show what that changes; switch it in.",
            "footfall rebuild --dry-run",
            "footfall rebuild --from 2026-10-01 --to 2026-10-31 --site example.com",
            "footfall rebuild switch",
            "footfall rebuild rollback")
    {
        foreach (var option in (Option[])[_from, _to, _sites, _dryRun, _switch])
            Options.Add(option);
        _shown.AddTo(this);
        SetAction(RunAsync);
        Subcommands.Add(new RebuildStatusCommand(context));
        Subcommands.Add(new RebuildTurnCommand(context, "switch", "Have the new numbers go live, all at once; the old ones are kept.", "The new numbers are live. 'footfall rebuild rollback' brings the old ones back, 'footfall rebuild drop' lets go of them."));
        Subcommands.Add(new RebuildTurnCommand(context, "rollback", "Bring the old numbers back, with what came in since.", "The old numbers are live again. 'footfall rebuild switch' brings the new ones in, 'footfall rebuild drop' lets go of them."));
        Subcommands.Add(new RebuildDropCommand(context, "drop", "Let go of the version that is not live. There is no way back to it.", "Dropped; what was live still is."));
        Subcommands.Add(new RebuildDropCommand(context, "cancel", "End a rebuild that is at work. What is live stays as it is.", "Ended; nothing live has changed."));
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var question = new RebuildQuestion(
            parsed.GetValue(_sites) is { Length: > 0 } sites ? sites : null, parsed.GetValue(_from), parsed.GetValue(_to), parsed.GetValue(_dryRun), parsed.GetValue(_switch));
        await using var connection = await ConnectAsync(parsed, create: false, cancellation);
        var rebuild = await connection.Client.StartRebuildAsync(question, cancellation);
        var progress = _shown.IsTable(parsed) ? Context : Context with { Out = TextWriter.Null, Interactive = false };
        rebuild = await new RebuildDisplay(progress, connection.Client).WaitAsync(rebuild, cancellation);
        await _shown.ShowAsync(parsed, Context, connection.Client, rebuild, cancellation);
        return CommandLine.Ok;
    }
}
