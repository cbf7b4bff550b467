namespace Footfall.Core.Accounts;

/// <summary>A link that works once.</summary>
/// <param name="Member">Whom it signs in; null when it lets the first owner sign up.</param>
public sealed record OneTimeLink(int? Member, DateTimeOffset ExpiresAt);
