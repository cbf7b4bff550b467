using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Footfall.Server.Cli.Demo;
using Footfall.Server.Cli.Import;
using Footfall.Server.Cli.Wire;

namespace Footfall.Server.Cli;

/// <summary>Shows the product on real traffic: starts a server, imports a log, prints its numbers, and goes on serving.</summary>
sealed class DemoCommand : FootfallCommand
{
    static readonly (string Title, string Dimension)[] Lists = [("Top pages", "page"), ("Top sources", "source"), ("Top countries", "country")];

    readonly CliContext _context;
    readonly SettingsOptions _settings;
    readonly Option<int> _seed = new("--seed") { Description = "The seed of the made-up traffic, where there is no log to import.", DefaultValueFactory = _ => 1, HelpName = "N" };
    readonly Option<bool> _once = new("--once") { Description = "Print the numbers and stop, without serving on." };

    public DemoCommand(CliContext context)
        : base("demo", "Start a server, import a day of traffic, show its numbers, and serve until Ctrl-C.", "footfall demo", "footfall demo --once --data /tmp/demo")
    {
        _context = context;
        _settings = new SettingsOptions(this);
        Options.Add(_seed);
        Options.Add(_once);
        SetAction(RunAsync);
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var settings = _settings.Load(parsed, _context).Values;
        await using var server = await _context.StartServer(settings, cancellation);
        using var client = new FootfallClient(server.Address, server.Token);
        var log = DemoLog.Find(_context.Environment.GetValueOrDefault("FOOTFALL_HOME"), settings.Data, parsed.GetValue(_seed), _context.Clock);
        var site = await client.FindSiteAsync(log.Domain, cancellation)
            ?? await client.AddSiteAsync(new NewSite([log.Domain], "UTC", "EUR", new Dictionary<string, JsonElement>()), cancellation);
        var state = await new ImportRun(_context, client, site, settings.Data, "local").FileAsync(log.File, cancellation);
        await Processing.WaitAsync(_context, client, quiet: false, cancellation);
        await ShowAsync(client, site, state, cancellation);
        if (parsed.GetValue(_once))
            return CommandLine.Ok;
        if (server.MakeFirstKey() is { } key)
            await _context.Out.WriteLineAsync($"The API key, shown only now: {key}");
        await _context.Out.WriteLineAsync($"The dashboard opens once at {server.MakeDemoLink(PageOf(log.Domain, state))}");
        await _context.Out.WriteLineAsync($"Footfall answers at {server.Address} until Ctrl-C.");
        await server.Stopped.WaitAsync(cancellation);
        return CommandLine.Ok;
    }

    async Task ShowAsync(FootfallClient client, SiteAnswer site, ImportState state, CancellationToken cancellation)
    {
        var (from, to) = (Day(state.FirstTime), Day(state.LastTime));
        var name = site.Domains[0];
        await _context.Out.WriteLineAsync($"\n{name}, {from} to {to}");
        var topLine = await client.ReportAsync(name, new ReportQuestion { Metrics = ReportCommand.TopLine, From = from, To = to }, cancellation);
        ReportTable.WriteTopLine(_context.Console, topLine);
        foreach (var (title, dimension) in Lists)
        {
            var question = new ReportQuestion { Metrics = ["visitors", "pageviews"], Dimensions = [dimension], From = from, To = to, Order = ["-visitors"], Limit = 5 };
            await _context.Out.WriteLineAsync(title);
            ReportTable.WriteRows(_context.Console, await client.ReportAsync(name, question, cancellation));
        }
        await _context.Out.WriteLineAsync(ReportTable.Footer(topLine));
        var totals = (await client.LedgerAsync(name, cancellation)).Totals;
        await _context.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"Ledger: {totals.Accepted:N0} accepted = {totals.Counted:N0} counted + {totals.Duplicate:N0} duplicate + {totals.Bot:N0} bot + {totals.RefusedTotal:N0} refused."));
        if ((await client.StatusAsync(cancellation)).Geography?.Attribution is { } attribution)
            await _context.Out.WriteLineAsync(attribution);
    }

    /// <summary>The site's page over the days of the log: the last 28 days, which it would show by itself, are empty when the log is older.</summary>
    static string PageOf(string domain, ImportState state) => $"/sites/{domain}?from={Day(state.FirstTime)}&to={Day(state.LastTime)}&compare=off";

    static string Day(long time) => DateTimeOffset.FromUnixTimeMilliseconds(time).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
