using System.Globalization;
using System.Text;
using Footfall.Core.Reports;

namespace Footfall.Server.Report;

/// <summary>An answer's rows as RFC 4180, for spreadsheets. Text that a spreadsheet would take for a formula gets an apostrophe in front.</summary>
public static class ReportCsv
{
    public const string ContentType = "text/csv";

    public static string Write(ReportAnswer answer)
    {
        var csv = new StringBuilder();
        IEnumerable<string> metrics = answer.Columns.Metrics.Select(column => column.Id);
        if (answer.Compare is not null)
            metrics = metrics.Concat(answer.Columns.Metrics.Select(column => "compare_" + column.Id));
        Line(csv, [.. answer.Columns.Dimensions.Select(column => Safe(column.Id)), .. metrics]);
        foreach (var (index, row) in answer.Rows.Index())
        {
            var values = answer.Compare is null ? row.Metrics : row.Metrics.Concat(answer.Compare.Rows[index].Metrics);
            Line(csv, [.. row.Dimensions.Select(Safe), .. values.Select(Number)]);
        }
        return csv.ToString();
    }

    static void Line(StringBuilder csv, List<string> cells) => csv.AppendJoin(',', cells.Select(Quoted)).Append("\r\n");

    static string Quoted(string cell) => cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    static string Safe(string text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + text : text;

    static string Number(double? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";
}
