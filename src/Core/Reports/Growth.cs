using Footfall.Core.HitLog;
using Footfall.Core.Rollups;

namespace Footfall.Core.Reports;

/// <summary>What came into the warehouse between two states of it.</summary>
/// <param name="Through">Where it stands in each partition; a partition that is missing stands at its start.</param>
/// <param name="CompleteUntil">Received time up to which everything is in it, UTC; null when nothing has been worked off.</param>
/// <param name="Sites">The sites that anything came in for.</param>
public sealed record Growth(IReadOnlyList<LogPosition> Through, DateTime? CompleteUntil, IReadOnlyList<SiteEvents> Sites);
