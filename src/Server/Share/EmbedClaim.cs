namespace Footfall.Server.Share;

/// <summary>What an embed token says.</summary>
/// <param name="Filters">JSON.</param>
/// <param name="Expires">Seconds since 1970.</param>
/// <param name="Link">The shared link it stands for, or null.</param>
public sealed record EmbedClaim(int Site, string Filters, long Expires, int? Link);
