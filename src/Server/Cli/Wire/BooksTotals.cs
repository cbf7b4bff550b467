using Footfall.Core.Warehouse;

namespace Footfall.Server.Cli.Wire;

/// <summary>The sums of a warehouse; the same as the server's, and kept in the manifests of backups.</summary>
public sealed record BooksTotals(long Events, long Visits, IReadOnlyList<OutcomeSum> Outcomes)
{
    public long Accepted => Outcomes.Where(sum => sum.Outcome == Core.Warehouse.Outcomes.Accepted).Sum(sum => sum.Hits);
}
