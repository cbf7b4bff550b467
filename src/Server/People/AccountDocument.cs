namespace Footfall.Server.People;

/// <summary>An account as the API shows it.</summary>
sealed record AccountDocument(int Id, string Name);
