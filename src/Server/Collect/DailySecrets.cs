using System.Collections.Concurrent;
using System.Security.Cryptography;
using Footfall.Core.Sites;

namespace Footfall.Server.Collect;

/// <summary>
/// The secrets that salt cookieless visitors, one a local date. In memory after their first use; destroyed in the catalog and here 48 hours after
/// the date has ended everywhere, or after they were made for an import of older days.
/// </summary>
sealed class DailySecrets(ICatalog catalog, TimeProvider clock)
{
    static readonly TimeSpan KeptAfter = TimeSpan.FromHours(48);

    readonly ConcurrentDictionary<DateOnly, (byte[] Secret, DateTimeOffset DestroyAfter)> _known = [];

    public byte[] Of(DateOnly day) => _known.TryGetValue(day, out var known) ? known.Secret : Make(day).Secret;

    /// <summary>Destroys what is due; called every few minutes.</summary>
    public void Destroy()
    {
        var now = clock.GetUtcNow();
        foreach (var (day, known) in _known)
        {
            if (known.DestroyAfter < now)
                _known.TryRemove(day, out _);
        }
        catalog.DestroySecrets(now);
    }

    (byte[] Secret, DateTimeOffset DestroyAfter) Make(DateOnly day)
    {
        var now = clock.GetUtcNow();
        // The date ends twelve hours later at the date line than in UTC.
        var ended = new DateTimeOffset(day.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddHours(12);
        var destroyAfter = (ended > now ? ended : now) + KeptAfter;
        var secret = catalog.DailySecret(day, RandomNumberGenerator.GetBytes(32), destroyAfter);
        return _known.GetOrAdd(day, (secret, destroyAfter));
    }
}
