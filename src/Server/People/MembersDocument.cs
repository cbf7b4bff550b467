namespace Footfall.Server.People;

/// <summary>The members of an account by name.</summary>
sealed record MembersDocument(IReadOnlyList<MemberEntry> Members);
