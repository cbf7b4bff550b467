namespace Footfall.Core.Reports;

/// <summary>A question understood, or all that is wrong with it.</summary>
/// <param name="Query">Null exactly when there are problems.</param>
public sealed record ReportParse(ReportQuery? Query, IReadOnlyList<ReportProblem> Problems);
