namespace Footfall.Core.Search;

/// <summary>
/// Finds raw hits of a site. Never on the way of a hit to the log or of a report. Thread-safe.
/// </summary>
public interface IHitIndex
{
    /// <summary>The newest hits that a query wants, newest first, each once.</summary>
    /// <exception cref="HitSearchUnavailableException">Nobody answers, or nobody can.</exception>
    ValueTask<HitPage> SearchAsync(HitQuery query, CancellationToken cancellation);

    /// <summary>
    /// What a query wants of the hits that came since a position, at least once: whoever shows them tells by the id what it has shown. May give
    /// some of what there is; the next call goes on.
    /// </summary>
    /// <param name="position">Of an earlier answer; null begins now, without hits.</param>
    /// <exception cref="HitSearchUnavailableException">Nobody answers, or nobody can.</exception>
    /// <exception cref="FormatException">The position is none of this index.</exception>
    ValueTask<HitTail> TailAsync(HitQuery query, string? position, CancellationToken cancellation);
}
