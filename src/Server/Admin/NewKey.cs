namespace Footfall.Server.Admin;

/// <param name="Key">The secret, shown only here.</param>
sealed record NewKey(int Id, string Name, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, string Key);
