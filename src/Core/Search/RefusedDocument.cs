using Footfall.Core.HitLog;

namespace Footfall.Core.Search;

/// <summary>A hit that an index refuses for its own sake and would always refuse. The hit itself stays in the history; it is only not found.</summary>
/// <param name="Visitor">Whose it is, for the reason may say something of them.</param>
/// <param name="Position">Of the record it came in.</param>
/// <param name="ReceivedAt">Milliseconds since 1970, UTC.</param>
/// <param name="Reason">As the index gave it.</param>
public sealed record RefusedDocument(Guid Id, int Site, ulong Visitor, LogPosition Position, long ReceivedAt, string Reason)
{
    public static RefusedDocument Of(FoundHit hit, string reason) => new(hit.Id, hit.Hit.Site, hit.Hit.Visitor, hit.Position, hit.ReceivedAt, reason);
}
