using System.CommandLine;
using System.Globalization;

namespace Footfall.Server.Cli.Rebuild;

/// <summary>What made the numbers there are, how far the rebuild is, and its difference.</summary>
sealed class RebuildStatusCommand : ServerCommand
{
    readonly DifferenceOptions _shown = new();

    public RebuildStatusCommand(CliContext context)
        : base(context, "status", "Show what made the numbers there are, and how far the rebuild is.", "footfall rebuild status", "footfall rebuild status --format csv")
    {
        _shown.AddTo(this);
        SetAction(RunAsync);
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        await using var connection = await ConnectAsync(parsed, create: false, cancellation);
        var answer = await connection.Client.RebuildsAsync(cancellation);
        if (_shown.IsTable(parsed))
        {
            await Context.Out.WriteLineAsync($"New numbers are made by {answer.Definition}.");
            foreach (var made in answer.MadeBy.Where(made => !made.Current))
            {
                await Context.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                    $"Made by other rules: {made.From:yyyy-MM-dd} to {made.To:yyyy-MM-dd} on {made.Sites:N0} sites, by {made.Version}."));
            }
        }
        if (answer.Rebuild is not { } rebuild)
            await Context.Out.WriteLineAsync("There is no rebuild.");
        else if (rebuild is { Working: true, Phase: "copying" or "replaying" or "combining" or "comparing" })
            await Context.Out.WriteLineAsync($"Rebuild {rebuild.Id}: {RebuildDisplay.Words(rebuild)}.");
        else
            await _shown.ShowAsync(parsed, Context, connection.Client, rebuild, cancellation);
        return CommandLine.Ok;
    }
}
