using System.CommandLine;

namespace Footfall.Server.Cli.Rebuild;

/// <summary>Has one of the two versions go live.</summary>
sealed class RebuildTurnCommand : ServerCommand
{
    readonly string _done;

    public RebuildTurnCommand(CliContext context, string name, string description, string done)
        : base(context, name, description, $"footfall rebuild {name}")
    {
        _done = done;
        SetAction(RunAsync);
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        await using var connection = await ConnectAsync(parsed, create: false, cancellation);
        var known = (await connection.Client.RebuildsAsync(cancellation)).Rebuild ?? throw new UserErrorException("There is no rebuild; 'footfall rebuild' makes one.");
        var rebuild = await connection.Client.TurnRebuildAsync(known.Id, Name, cancellation);
        await new RebuildDisplay(Context, connection.Client).WaitAsync(rebuild, cancellation);
        await Context.Out.WriteLineAsync(_done);
        return CommandLine.Ok;
    }
}
