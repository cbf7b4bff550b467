namespace Footfall.Core.Reports;

/// <summary>Why a question cannot be answered.</summary>
/// <param name="Field">The field of the request, such as <c>filters[0].dimension</c>.</param>
/// <param name="Message">What is wrong, in a sentence.</param>
/// <param name="Limit">The limit that was passed, where that is the problem.</param>
/// <param name="Nearest">Known names that resemble an unknown one, nearest first.</param>
public sealed record ReportProblem(string Field, string Message, int? Limit = null, IReadOnlyList<string>? Nearest = null);
