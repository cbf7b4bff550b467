using Footfall.Core.Search;

namespace Footfall.Server.Search;

/// <summary>A raw hit that the index refused for good.</summary>
/// <param name="Position">Of its record in the hit log.</param>
/// <param name="Reason">As the index gave it.</param>
sealed record RefusedHit(Guid Id, int Site, string Position, DateTimeOffset ReceivedAt, string Reason)
{
    public static RefusedHit Of(RefusedDocument hit) =>
        new(hit.Id, hit.Site, hit.Position.ToString(), DateTimeOffset.FromUnixTimeMilliseconds(hit.ReceivedAt), hit.Reason);
}
