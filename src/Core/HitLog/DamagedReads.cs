namespace Footfall.Core.HitLog;

/// <summary>How those read who pass over damage for good.</summary>
static class DamagedReads
{
    /// <summary>Reads once more after damage: what memory or a cable spoilt on the way may be whole on the disk.</summary>
    /// <exception cref="HitLogDamagedException">The record was damaged both times.</exception>
    public static async ValueTask<IReadOnlyList<LogRecord>> ReadTwiceAsync(
        this IHitLog log, LogPosition from, int bytesMax, CancellationToken cancellation)
    {
        try
        {
            return await log.ReadAsync(from, bytesMax, cancellation);
        }
        catch (HitLogDamagedException)
        {
            return await log.ReadAsync(from, bytesMax, cancellation);
        }
    }
}
