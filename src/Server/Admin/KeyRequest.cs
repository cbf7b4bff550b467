namespace Footfall.Server.Admin;

/// <param name="Scopes">Some of events:write, reports:read and sites:admin.</param>
sealed record KeyRequest(string? Name, IReadOnlyList<string>? Scopes);
