namespace Footfall.Core.Pipeline;

/// <summary>What became of hits that were set aside and have been tried again.</summary>
/// <param name="Passed">They are counted, or came to another outcome of the ledger.</param>
/// <param name="Failed">They are set aside still.</param>
public readonly record struct ReplayedHits(long Passed, long Failed)
{
    public static ReplayedHits operator +(ReplayedHits left, ReplayedHits right) => new(left.Passed + right.Passed, left.Failed + right.Failed);
}
