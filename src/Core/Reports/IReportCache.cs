namespace Footfall.Core.Reports;

/// <summary>
/// Bytes by key, for a while. What is in it can be computed again, and a key says all that its value depends on, so an entry may go at any time and is
/// never changed: nobody needs to invalidate it. A cache that fails is empty: it never throws, but for cancellation, and never keeps anybody waiting for
/// long. Thread-safe. Implementations: in process (embedded), memcached (cluster).
/// </summary>
public interface IReportCache
{
    /// <summary>Null when there is no such entry, or the cache cannot be asked.</summary>
    /// <param name="key">Printable ASCII without spaces, 200 characters at most.</param>
    ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellation);

    /// <summary>Keeps a value if it can: one that is too large is not kept.</summary>
    ValueTask SetAsync(string key, ReadOnlyMemory<byte> value, TimeSpan lifetime, CancellationToken cancellation);
}
