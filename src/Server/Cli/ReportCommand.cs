using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Footfall.Core.Reports;
using Footfall.Server.Cli.Wire;
using ReportAnswer = Footfall.Server.Cli.Wire.ReportAnswer;

namespace Footfall.Server.Cli;

/// <summary>Asks a report and shows it.</summary>
sealed class ReportCommand : ServerCommand
{
    public static readonly IReadOnlyList<string> TopLine =
        ["visitors", "visits", "pageviews", "views_per_visit", "bounce_rate", "single_page_rate", "visit_duration"];

    const int DefaultDays = 28;

    readonly Option<string> _site = new("--site") { Description = "The domain or id of the site.", HelpName = "SITE", Required = true };
    readonly Option<string?> _metrics = new("--metrics") { Description = "What to measure, separated by commas.", HelpName = "IDS" };
    readonly Option<string?> _dimensions = new("--dimensions") { Description = "What to break it down by, separated by commas.", HelpName = "IDS" };
    readonly Option<string?> _from = new("--from") { Description = "The first day, such as 2026-01-31; 28 days ago by default.", HelpName = "DAY" };
    readonly Option<string?> _to = new("--to") { Description = "The last day; today by default.", HelpName = "DAY" };
    readonly Option<string[]> _filters = new("--filter") { Description = "A condition; repeat for more than one, all must hold.", HelpName = "CONDITION" };
    readonly Option<string?> _order = new("--order") { Description = "What to sort by, separated by commas; a minus in front sorts downwards.", HelpName = "IDS" };
    readonly Option<int?> _limit = new("--limit") { Description = "How many rows.", HelpName = "N" };
    readonly Option<string?> _compare = new("--compare") { Description = "What to compare with, such as previous.", HelpName = "PERIOD" };
    readonly Option<bool> _list = new("--list") { Description = "Describe every metric, dimension and operator, and ask nothing." };
    readonly Option<string> _format = new("--format") { Description = "table, csv or json.", HelpName = "NAME", DefaultValueFactory = _ => "table" };

    public ReportCommand(CliContext context)
        : base(context, "report", "Ask a report: by default the top line of the last 28 days, or of all time when those are empty.",
            "footfall report --site example.com",
            "footfall report --site example.com --metrics visitors,pageviews --dimensions page --order -visitors --limit 20",
            "footfall report --site example.com --dimensions source --from 2026-01-01 --to 2026-01-31 --format csv")
    {
        _format.AcceptOnlyFromAmong("table", "csv", "json");
        foreach (var option in (Option[])[_site, _metrics, _dimensions, _from, _to, _filters, _order, _limit, _compare, _format, _list])
            Options.Add(option);
        SetAction(RunAsync);
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        if (parsed.GetValue(_list))
        {
            await Context.Out.WriteLineAsync(ReportsDocument.Render());
            return CommandLine.Ok;
        }
        await using var connection = await ConnectAsync(parsed, create: false, cancellation);
        var site = await SiteAsync(connection.Client, parsed.GetValue(_site)!, cancellation);
        var name = site.Domains[0];
        var question = Question(parsed, site);
        var format = parsed.GetValue(_format);
        if (format != "table")
        {
            var mediaType = format == "csv" ? "text/csv" : "application/json";
            await Context.Out.WriteLineAsync((await connection.Client.ReportTextAsync(name, question, mediaType, cancellation)).TrimEnd());
            return CommandLine.Ok;
        }
        var report = await connection.Client.ReportAsync(name, question, cancellation);
        if (parsed.GetValue(_from) is null && IsEmpty(report))
        {
            question = question with { From = "1970-01-01" };
            report = await connection.Client.ReportAsync(name, question, cancellation);
        }
        Show(name, question, report);
        return CommandLine.Ok;
    }

    void Show(string site, ReportQuestion question, ReportAnswer report)
    {
        var from = question.From == "1970-01-01" ? "all time" : question.From;
        Context.Out.WriteLine($"{site}, {from} to {question.To}");
        if (question.Dimensions.Count == 0 && report.Rows.Count <= 1)
            ReportTable.WriteTopLine(Context.Console, report);
        else
            ReportTable.WriteRows(Context.Console, report);
        Context.Out.WriteLine(ReportTable.Footer(report));
    }

    ReportQuestion Question(ParseResult parsed, SiteAnswer site)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Context.Clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(site.TimeZone)).DateTime);
        var dimensions = List(parsed.GetValue(_dimensions)) ?? [];
        return new ReportQuestion
        {
            Metrics = List(parsed.GetValue(_metrics)) ?? (dimensions.Count == 0 ? TopLine : ["visitors", "visits", "pageviews"]),
            Dimensions = dimensions,
            From = Day(_from, parsed) ?? Iso(today.AddDays(1 - DefaultDays)),
            To = Day(_to, parsed) ?? (IsPeriod(parsed.GetValue(_from)) ? null : Iso(today)),
            Filters = Filters(parsed.GetValue(_filters) ?? []),
            Order = List(parsed.GetValue(_order)),
            Limit = parsed.GetValue(_limit),
            Compare = parsed.GetValue(_compare),
        };
    }

    static IReadOnlyList<FilterRequest>? Filters(string[] conditions)
    {
        var problems = new List<ReportProblem>();
        var filters = ReportForm.Read(conditions.Select(condition => KeyValuePair.Create("filters", condition)), problems).Filters;
        return problems.Count == 0
            ? filters is { Count: > 0 } ? filters : null
            : throw new UserErrorException($"The condition of --filter cannot be read: {problems[0].Message}");
    }

    static string? Day(Option<string?> option, ParseResult parsed)
    {
        if (parsed.GetValue(option) is not { } text)
            return null;
        return IsPeriod(text) || DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? text
            : throw new UserErrorException($"The day of {option.Name} is '{text}', but it must be such as 2026-01-31, or --from one of {string.Join(", ", Periods.Names)}.");
    }

    static bool IsPeriod(string? text) => text is not null && Periods.Names.Contains(text);

    static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static List<string>? List(string? text) =>
        text is null ? null : [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    static bool IsEmpty(ReportAnswer report) =>
        report.Rows.All(row => row.All(value => value.ValueKind != JsonValueKind.Number || value.GetDouble() == 0));
}
