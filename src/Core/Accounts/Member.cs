namespace Footfall.Core.Accounts;

/// <summary>A person of an account.</summary>
/// <param name="Email">Told apart without regard to case; no two members of any account have the same.</param>
/// <param name="Password">Its hash with all that is needed to check one; null when the person has none yet and comes in by a link.</param>
/// <param name="SecondFactor">The secret that the person's app shares; null when there is no second factor.</param>
public sealed record Member(
    int Id, int Account, string Name, string Email, Role Role, string? Password, ReadOnlyMemory<byte>? SecondFactor, DateTimeOffset? LastSeenAt);
