namespace Footfall.Core.Accounts;

/// <summary>A place in an account that waits for whoever has the link.</summary>
public sealed record Invitation(int Id, int Account, string Email, Role Role, DateTimeOffset ExpiresAt);
