using System.CommandLine;

namespace Footfall.Server.Cli;

/// <summary>Prints raw hits, newest first.</summary>
sealed class HitsSearchCommand : ServerCommand
{
    const int PageMost = 500;

    readonly SearchOptions _search;
    readonly Option<int> _limit = new("--limit") { Description = "How many hits at most.", HelpName = "N", DefaultValueFactory = _ => 50 };

    public HitsSearchCommand(CliContext context)
        : base(context, "search", "Print raw hits of a site, newest first.",
            "footfall hits search --site example.com --path '/shop/*' --event purchase",
            "footfall hits search --site example.com --text firefox --from 2026-11-24 --format json")
    {
        _search = new SearchOptions(this);
        Options.Add(_limit);
        SetAction(RunAsync);
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        await using var connection = await ConnectAsync(parsed, create: false, cancellation);
        var site = await SiteAsync(connection.Client, _search.Site(parsed), cancellation);
        var (left, before) = (parsed.GetValue(_limit), (string?)null);
        do
        {
            var page = await connection.Client.SearchHitsAsync(
                site.Domains[0], _search.Query(parsed, ("limit", FormattableString.Invariant($"{Math.Min(left, PageMost)}")), ("before", before)), cancellation);
            foreach (var hit in page.Hits)
                await Context.Out.WriteLineAsync(_search.Text(parsed, hit));
            (left, before) = (left - page.Hits.Count, page.Next);
        }
        while (before is not null && left > 0);
        return CommandLine.Ok;
    }
}
