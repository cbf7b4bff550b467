namespace Footfall.Core.Reports;

/// <summary>The same question for another range.</summary>
/// <param name="Rows">One for each row of the answer, in its order: the same dimension values, or the bucket as many buckets from the range's start.</param>
public sealed record ComparedAnswer(DateOnly From, DateOnly To, IReadOnlyList<ReportRow> Rows, IReadOnlyList<double?> Totals);
