using System.CommandLine;
using Footfall.Server.Cli.Wire;

namespace Footfall.Server.Cli.Rebuild;

/// <summary>How the difference is shown: as a table, or for a program.</summary>
sealed class DifferenceOptions
{
    /// <summary>As many as the server keeps.</summary>
    const int All = 20_000;

    readonly Option<string> _format = new("--format") { Description = "table, csv or json.", HelpName = "NAME", DefaultValueFactory = _ => "table" };
    readonly Option<int?> _limit = new("--limit") { Description = "How many movers; 30 in a table and all of them otherwise.", HelpName = "N" };

    public void AddTo(Command command)
    {
        _format.AcceptOnlyFromAmong("table", "csv", "json");
        command.Options.Add(_format);
        command.Options.Add(_limit);
    }

    public bool IsTable(ParseResult parsed) => parsed.GetValue(_format) == "table";

    public async Task ShowAsync(ParseResult parsed, CliContext context, FootfallClient client, RebuildAnswer rebuild, CancellationToken cancellation)
    {
        var difference = await client.RebuildDifferenceAsync(rebuild.Id, parsed.GetValue(_limit) ?? (IsTable(parsed) ? 30 : All), cancellation);
        if (parsed.GetValue(_format) == "csv")
            DifferenceText.WriteCsv(context.Out, difference);
        else if (!IsTable(parsed))
            DifferenceText.WriteJson(context.Out, rebuild, difference);
        else
            DifferenceText.Write(context, rebuild, difference);
    }
}
