using System.CommandLine;
using System.Globalization;
using Spectre.Console;

namespace Footfall.Server.Cli;

/// <summary>Lists sites.</summary>
sealed class SiteListCommand : ServerCommand
{
    readonly Option<string?> _search = new("--search") { Description = "Only sites with this in a domain.", HelpName = "TEXT" };
    readonly Option<int> _limit = new("--limit") { Description = "How many to show.", HelpName = "N", DefaultValueFactory = _ => 100 };
    readonly Option<int> _offset = new("--offset") { Description = "How many to leave out first.", HelpName = "N" };

    public SiteListCommand(CliContext context)
        : base(context, "list", "List sites.", "footfall site list", "footfall site list --search shop")
    {
        Options.Add(_search);
        Options.Add(_limit);
        Options.Add(_offset);
        SetAction(RunAsync);
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        await using var connection = await ConnectAsync(parsed, create: false, cancellation);
        var list = await connection.Client.SitesAsync(parsed.GetValue(_search), parsed.GetValue(_limit), parsed.GetValue(_offset), cancellation);
        if (list.Total == 0)
        {
            await Context.Out.WriteLineAsync("There is no such site; 'footfall site add DOMAIN' makes one.");
            return CommandLine.Ok;
        }
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn(new TableColumn("Id").RightAligned());
        table.AddColumns("Domains", "Time zone", "Currency");
        foreach (var site in list.Sites)
        {
            var id = site.Id.ToString(CultureInfo.InvariantCulture);
            table.AddRow(id, Markup.Escape(string.Join(", ", site.Domains)), Markup.Escape(site.TimeZone), Markup.Escape(site.Currency));
        }
        Context.Console.Write(table);
        if (list.Total > list.Sites.Count)
            await Context.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{list.Sites.Count} of {list.Total} sites; see --limit and --offset."));
        return CommandLine.Ok;
    }
}
