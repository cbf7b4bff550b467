namespace Footfall.Core.Reports;

/// <summary>What an engine finds out for one range: a page of rows, and each metric over the whole range.</summary>
/// <param name="RowCount">All rows, before paging.</param>
/// <param name="CompleteUntil">Received time up to which everything is in the numbers; null when nothing has been worked off.</param>
public sealed record ReportPart(
    IReadOnlyList<ReportRow> Rows, IReadOnlyList<double?> Totals, long RowCount, IdentityLifetime Identity, DateTime? CompleteUntil);
