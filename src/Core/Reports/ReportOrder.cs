namespace Footfall.Core.Reports;

/// <summary>Rows are ordered by a metric or dimension of the report; nulls come last either way.</summary>
/// <param name="Column">The id of one of the report's metrics or dimensions.</param>
public readonly record struct ReportOrder(string Column, bool Descending);
