namespace Footfall.Core.Accounts;

/// <summary>One browser in which a member is signed in. Its secret is stored as a hash, and renewed now and then.</summary>
/// <param name="LastSeenAt">To the minute.</param>
/// <param name="RenewedAt">When its present secret was given.</param>
public sealed record Session(
    int Id, int Member, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, DateTimeOffset RenewedAt, string UserAgent, string Address);
