namespace Footfall.Core.Reports;

/// <summary>How a site does in the 24 hours before an instant. Bots are left out; sites without visitors in 48 hours have none of it.</summary>
/// <param name="Visitors">Distinct visitors with any event in those hours.</param>
/// <param name="VisitorsBefore">The same of the 24 hours before them.</param>
/// <param name="Hours">Distinct visitors of each of the 24 hours, oldest first; the last ends at the instant.</param>
public sealed record SiteTraffic(int Site, long Visitors, long VisitorsBefore, IReadOnlyList<int> Hours);
