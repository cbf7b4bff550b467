using Footfall.Core.HitLog;
using Footfall.Core.Hits;

namespace Footfall.Core.Search;

/// <summary>One raw hit as an index gives it.</summary>
/// <param name="Id">As <see cref="HitBatch.IdOf"/>.</param>
/// <param name="Position">Of the record it came in.</param>
/// <param name="Index">Its place in that record.</param>
/// <param name="ReceivedAt">Milliseconds since 1970, UTC.</param>
/// <param name="AcceptLanguage">As in <see cref="HitBatch"/>.</param>
public sealed record FoundHit(Guid Id, LogPosition Position, int Index, long ReceivedAt, string AcceptLanguage, Hit Hit)
{
    public HitPlace Place => new(ReceivedAt, Id);

    public static FoundHit Of(HitBatch batch, int index, LogPosition position) =>
        new(batch.IdOf(index), position, index, batch.ReceivedAt, batch.AcceptLanguage, batch.Hits[index]);
}
