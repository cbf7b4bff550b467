namespace Footfall.Server.People;

/// <summary>Where a person is signed in, the latest seen first.</summary>
sealed record SessionsDocument(IReadOnlyList<SessionEntry> Sessions);
