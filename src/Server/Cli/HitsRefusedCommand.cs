using System.CommandLine;
using System.Globalization;

namespace Footfall.Server.Cli;

/// <summary>Prints the raw hits that the index refused for good.</summary>
sealed class HitsRefusedCommand : ServerCommand
{
    public HitsRefusedCommand(CliContext context)
        : base(context, "refused", "Print the raw hits that Elasticsearch refused, with the reasons.", "footfall hits refused") => SetAction(RunAsync);

    async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        await using var connection = await ConnectAsync(parsed, create: false, cancellation);
        var answer = await connection.Client.RefusedHitsAsync(cancellation);
        foreach (var hit in answer.Hits)
            await Context.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{hit.ReceivedAt:yyyy-MM-dd HH:mm:ss}  {hit.Id}  site {hit.Site}  {hit.Position}  {hit.Reason}"));
        await Context.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{answer.Count:N0} hits were refused."));
        return CommandLine.Ok;
    }
}
