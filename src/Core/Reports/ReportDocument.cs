namespace Footfall.Core.Reports;

/// <summary>An answer as it travels: rows are flat, the dimensions as asked and then the metrics, and totals go by metric id.</summary>
public sealed record ReportDocument(
    IReadOnlyList<ReportDocumentColumn> Columns,
    IReadOnlyList<IReadOnlyList<object?>> Rows,
    IReadOnlyDictionary<string, double?> Totals,
    long RowCount,
    ComparedDocument? Compare,
    bool Exact,
    DateTimeOffset? CompleteUntil,
    string DefinitionVersion,
    IdentityLifetime Identity,
    string TimeZone,
    string Currency,
    DateOnly From,
    DateOnly To)
{
    public static ReportDocument Of(ReportAnswer answer) => new(
        [
            .. answer.Columns.Dimensions.Select(column => new ReportDocumentColumn(column.Id, column.Label, "dimension", null)),
            .. answer.Columns.Metrics.Select(column => new ReportDocumentColumn(column.Id, column.Label, "metric", column.Unit)),
        ],
        Flat(answer.Rows),
        ById(answer.Columns, answer.Totals),
        answer.RowCount,
        answer.Compare is { } compare ? new ComparedDocument(compare.From, compare.To, Flat(compare.Rows), ById(answer.Columns, compare.Totals)) : null,
        answer.Exact,
        answer.CompleteUntil,
        answer.DefinitionVersion,
        answer.Identity,
        answer.TimeZone,
        answer.Currency,
        answer.From,
        answer.To);

    static IReadOnlyList<IReadOnlyList<object?>> Flat(IReadOnlyList<ReportRow> rows) =>
        [.. rows.Select(row => (IReadOnlyList<object?>)[.. row.Dimensions, .. row.Metrics.Select(metric => (object?)metric)])];

    static Dictionary<string, double?> ById(ReportColumns columns, IReadOnlyList<double?> totals) =>
        columns.Metrics.Zip(totals).ToDictionary(pair => pair.First.Id, pair => pair.Second, StringComparer.Ordinal);
}
