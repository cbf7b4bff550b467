using System.CommandLine;

namespace Footfall.Server.Cli.Rebuild;

/// <summary>Lets go of a rebuild.</summary>
sealed class RebuildDropCommand : ServerCommand
{
    readonly string _done;

    public RebuildDropCommand(CliContext context, string name, string description, string done)
        : base(context, name, description, $"footfall rebuild {name}")
    {
        _done = done;
        SetAction(RunAsync);
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        await using var connection = await ConnectAsync(parsed, create: false, cancellation);
        var known = (await connection.Client.RebuildsAsync(cancellation)).Rebuild ?? throw new UserErrorException("There is no rebuild.");
        if (Name == "cancel" && !known.Working)
            throw new UserErrorException("The rebuild is not at work; 'footfall rebuild drop' lets go of it.");
        await connection.Client.DropRebuildAsync(known.Id, cancellation);
        await Context.Out.WriteLineAsync(_done);
        return CommandLine.Ok;
    }
}
