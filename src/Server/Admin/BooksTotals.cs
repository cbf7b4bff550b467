using Footfall.Core.Warehouse;

namespace Footfall.Server.Admin;

/// <summary>The sums of a warehouse.</summary>
sealed record BooksTotals(long Events, long Visits, IReadOnlyList<OutcomeSum> Outcomes);
