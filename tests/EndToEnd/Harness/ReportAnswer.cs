using System.Text.Json;

namespace Footfall.EndToEnd.Harness;

/// <summary>The rows of a report: the dimensions as asked, then the metrics.</summary>
public sealed record ReportAnswer(IReadOnlyList<ReportRow> Rows, IReadOnlyDictionary<string, double> Totals)
{
    public static ReportAnswer Parse(string text, IReadOnlyList<string> metrics, IReadOnlyList<string> dimensions)
    {
        using var document = JsonDocument.Parse(text);
        var rows = document.RootElement.GetProperty("rows").EnumerateArray()
            .Select(row => row.EnumerateArray().ToList())
            .Select(cells => new ReportRow(
                [.. cells.Take(dimensions.Count).Select(cell => cell.ToString())],
                metrics.Zip(cells.Skip(dimensions.Count)).ToDictionary(pair => pair.First, pair => Number(pair.Second))))
            .ToList();
        var totals = document.RootElement.TryGetProperty("totals", out var sums) && sums.ValueKind == JsonValueKind.Object
            ? sums.EnumerateObject().ToDictionary(pair => pair.Name, pair => Number(pair.Value))
            : [];
        return new ReportAnswer(rows, totals);
    }

    static double Number(JsonElement cell) => cell.ValueKind == JsonValueKind.Number ? cell.GetDouble() : 0;
}
