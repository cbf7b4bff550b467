namespace Footfall.Server.People;

/// <param name="Role">owner, admin, editor or viewer.</param>
sealed record RoleRequest(string? Role);
