using Footfall.Core.HitLog;

namespace Footfall.Core.Warehouse;

/// <summary>What was deleted of a warehouse.</summary>
/// <param name="Through">Of everything before it the warehouse says nothing any more about whom it was asked to forget.</param>
public sealed record ForgottenRows(LogPosition Through, long Events, long Visits);
