namespace Footfall.Server.Erasure;

/// <summary>What somebody wants to be forgotten: a visitor, a user, or all of a site.</summary>
/// <param name="Visitor">Sixteen hexadecimal digits, as a raw hit names its visitor.</param>
/// <param name="User">The site's own id of a user.</param>
sealed record ErasureRequest(string? Site = null, string? Visitor = null, string? User = null);
