namespace Footfall.Core.Accounts;

/// <summary>Who owns sites; its members see them and nobody else's.</summary>
public sealed record Account(int Id, string Name)
{
    /// <summary>The account that every server begins with, and that its operator acts for.</summary>
    public const int First = 1;
}
