using Footfall.Core.HitLog;

namespace Footfall.Core.Warehouse;

/// <summary>The sums of everything in a warehouse, as of one position of the log: what a rebuilt warehouse is compared with.</summary>
/// <param name="Outcomes">Hits by site and outcome, in the order of both.</param>
public sealed record WarehouseBooks(LogPosition Position, IReadOnlyList<OutcomeSum> Outcomes, long Events, long Visits);
