using System.CommandLine;
using System.Text.Json;
using Spectre.Console;

namespace Footfall.Server.Cli;

/// <summary>Shows one site with its settings.</summary>
sealed class SiteShowCommand : ServerCommand
{
    readonly Argument<string> _site = new("site") { Description = "Its domain or id." };

    public SiteShowCommand(CliContext context)
        : base(context, "show", "Show a site and its settings.", "footfall site show example.com")
    {
        Arguments.Add(_site);
        SetAction(RunAsync);
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        await using var connection = await ConnectAsync(parsed, create: false, cancellation);
        var site = await SiteAsync(connection.Client, parsed.GetValue(_site)!, cancellation);
        await Context.Out.WriteLineAsync(SiteCommand.Describe(site));
        if (site.Settings.ValueKind != JsonValueKind.Object)
            return CommandLine.Ok;
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns("Setting", "Value");
        foreach (var setting in site.Settings.EnumerateObject())
            table.AddRow(Markup.Escape(setting.Name), Markup.Escape(setting.Value.ToString()));
        Context.Console.Write(table);
        return CommandLine.Ok;
    }
}
