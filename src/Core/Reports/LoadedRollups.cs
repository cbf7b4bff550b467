namespace Footfall.Core.Reports;

/// <summary>What one question over one range needs of a site's rollups; days oldest first, and those without events may be missing. Does not change.</summary>
/// <param name="Rows">Of the plan's dimension; the same as <paramref name="Wholes"/> when it has none.</param>
/// <param name="Values">The dimension's values by their numbers.</param>
/// <param name="Visitors">How many numbers of visitors there are.</param>
sealed record LoadedRollups(IReadOnlyList<LoadedDay> Wholes, IReadOnlyList<LoadedDay> Rows, string[] Values, int Visitors);
