using System.Globalization;
using System.Text.Json;
using Footfall.Server.Cli.Wire;
using Spectre.Console;

namespace Footfall.Server.Cli;

/// <summary>Shows reports to a person. What a number is, is told by its column's unit.</summary>
static class ReportTable
{
    /// <summary>One line a metric: for a report without dimensions.</summary>
    public static void WriteTopLine(IAnsiConsole console, ReportAnswer report)
    {
        var table = new Table { Border = TableBorder.Simple, ShowHeaders = false };
        table.AddColumn("");
        table.AddColumn(new TableColumn("").RightAligned());
        if (report.Rows.Count > 0)
        {
            for (var column = 0; column < report.Columns.Count; column++)
                table.AddRow(Markup.Escape(report.Columns[column].Label), Cell(report.Columns[column], report.Rows[0][column]));
        }
        console.Write(table);
    }

    public static void WriteRows(IAnsiConsole console, ReportAnswer report)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var (column, index) in report.Columns.Select((column, index) => (column, index)))
        {
            var heading = new TableColumn(Markup.Escape(column.Label));
            table.AddColumn(report.Rows.Any(row => row[index].ValueKind == JsonValueKind.Number) ? heading.RightAligned() : heading);
        }
        foreach (var row in report.Rows)
            table.AddRow([.. row.Select((value, index) => Cell(report.Columns[index], value))]);
        console.Write(table);
    }

    /// <summary>What makes the numbers trustworthy, in one line.</summary>
    public static string Footer(ReportAnswer report)
    {
        var parts = new List<string> { report.Exact ? "exact" : "estimated" };
        if (report.CompleteUntil is { } until)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"complete until {until.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC"));
        if (report.TimeZone is not null)
            parts.Add($"days of {report.TimeZone}");
        if (report.DefinitionVersion is not null)
            parts.Add($"definitions {report.DefinitionVersion}");
        if (report.Identity is not null)
            parts.Add($"visitor identity {report.Identity.Replace('_', ' ')}");
        if (report.RowCount > report.Rows.Count)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{report.Rows.Count:N0} of {report.RowCount:N0} rows"));
        return string.Join("; ", parts) + ".";
    }

    static string Cell(ReportColumn column, JsonElement value) => Markup.Escape(value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => "–",
        JsonValueKind.Number => Number(column, value.GetDouble()),
        _ => Shown(value.ToString()),
    });

    static string Number(ReportColumn column, double number) => column.Unit switch
    {
        "share" => number.ToString("P1", CultureInfo.InvariantCulture),
        "seconds" => Duration(TimeSpan.FromSeconds(number)),
        "currency" => number.ToString("N2", CultureInfo.InvariantCulture),
        _ => number.ToString(Math.Abs(number % 1) < 1e-9 ? "N0" : "N2", CultureInfo.InvariantCulture),
    };

    static string Duration(TimeSpan time) => time.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}:{time.Seconds:00}");

    /// <summary>Text of visitors, such as a page's path, without what could play tricks on a terminal.</summary>
    static string Shown(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? '?' : letter));
}
