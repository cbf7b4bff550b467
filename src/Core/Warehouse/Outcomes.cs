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

    /// <summary>It was there, and was erased on request.</summary>
    public const string Erased = Refused + "erased";
}
