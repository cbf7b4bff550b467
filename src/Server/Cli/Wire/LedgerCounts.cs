namespace Footfall.Server.Cli.Wire;

/// <summary>What became of hits. They balance when accepted is the sum of the others.</summary>
public sealed record LedgerCounts(long Accepted, long Counted, long Duplicate, long Bot, IReadOnlyDictionary<string, long>? Refused)
{
    public long RefusedTotal => Refused?.Values.Sum() ?? 0;

    public bool Balances => Accepted == Counted + Duplicate + Bot + RefusedTotal;
}
