using Footfall.Core.Archive;

namespace Footfall.Server.Archive;

/// <summary>A stretch that fails its checks, and which hits it hurts.</summary>
/// <param name="Hits">How many; null when the list of them is gone as well.</param>
/// <param name="Sites">The same by site.</param>
sealed record DamageDocument(
    long Start, long End, string What, bool HurtsHits, long? Hits, DateTimeOffset? From, DateTimeOffset? Until, IReadOnlyDictionary<int, long>? Sites)
{
    public static DamageDocument Of(ArchiveDamage damage)
    {
        var isKnown = damage.HurtsHits && damage.Facts is { Hits: > 0, FirstReceivedAt: > long.MinValue, LastReceivedAt: < long.MaxValue };
        return new DamageDocument(
            damage.Start, damage.End, damage.What, damage.HurtsHits,
            isKnown ? damage.Facts.Hits : null,
            isKnown ? DateTimeOffset.FromUnixTimeMilliseconds(damage.Facts.FirstReceivedAt) : null,
            isKnown ? DateTimeOffset.FromUnixTimeMilliseconds(damage.Facts.LastReceivedAt) : null,
            isKnown ? damage.Facts.Sites : null);
    }
}
