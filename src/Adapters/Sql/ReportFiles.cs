using Footfall.Core.Warehouse;

namespace Footfall.Adapters.Sql;

/// <summary>The Parquet files that hold all that a question can look at, and maybe more. Addresses are those of the machine that found them.</summary>
/// <param name="VisitParts">Of visits that are not merged: rows that tell of one visit together.</param>
/// <param name="Amended">Of visits whose rows in the other files are not what they say any more; see docs/formats/parquet-warehouse.md.</param>
/// <param name="State">Where each partition stands, of those that have anything.</param>
public sealed record ReportFiles(
    IReadOnlyList<string> Events, IReadOnlyList<string> Visits, IReadOnlyList<string> VisitParts, IReadOnlyList<string> Amended,
    IReadOnlyList<string> Definitions, IReadOnlyList<WarehouseState> State)
{
    /// <summary>Files never change under their names, so the same names and positions are the same rows.</summary>
    public bool AreSame(ReportFiles? other) => other is not null && Events.SequenceEqual(other.Events) && Visits.SequenceEqual(other.Visits)
        && VisitParts.SequenceEqual(other.VisitParts) && Amended.SequenceEqual(other.Amended) && Definitions.SequenceEqual(other.Definitions)
        && State.SequenceEqual(other.State);
}
