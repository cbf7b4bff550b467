using System.CommandLine;

namespace Footfall.Server.Cli;

/// <summary>Prints raw hits.</summary>
sealed class ArchiveCatCommand : ServerCommand
{
    readonly HitOptions _hits;

    public ArchiveCatCommand(CliContext context)
        : base(context, "cat", "Print sealed raw hits, one line of JSON for each.",
            "footfall archive cat --from 2026-11-24 --to 2026-11-24", "footfall archive cat --site example.com --user u-17")
    {
        _hits = new HitOptions(this);
        SetAction(RunAsync);
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        await using var connection = await ConnectAsync(parsed, create: false, cancellation);
        var code = CommandLine.Ok;
        await foreach (var line in connection.Client.HitsAsync(_hits.Query(parsed, sealedOnly: true), cancellation))
        {
            if (HitOptions.DamageOf(line) is { } damage)
            {
                code = CommandLine.Failed;
                await Context.Error.WriteLineAsync(damage);
                continue;
            }
            await Context.Out.WriteLineAsync(line);
        }
        return code;
    }
}
