namespace Footfall.Core.Warehouse;

/// <summary>What can become of an accepted hit, as the ledger names it: accepted = counted + duplicate + bot + refused by reason.</summary>
public static class Outcomes
{
    public const string Accepted = "accepted";
    public const string Counted = "counted";
    public const string Bot = "bot";
    public const string Duplicate = "duplicate";

    /// <summary>Before the reason of a refusal.</summary>
    public const string Refused = "refused:";

    /// <summary>
    /// What a rebuild of some days counts otherwise than what made the rest of the hour did: hits that count now and did not before are in it with
    /// a minus, so that the ledger balances. 0 unless a change of logic or settings lets other hits count.
    /// </summary>
    public const string Rebuilt = Refused + "rebuilt";

    /// <summary>A step failed on it every time it was tried; see <see cref="SetAsideHit"/>. Leaves the ledger again with a replay that lets it pass.</summary>
    public const string SetAside = Refused + "set_aside";

    /// <summary>It was there, and was erased on request.</summary>
    public const string Erased = Refused + "erased";
}
