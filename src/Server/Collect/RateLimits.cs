using System.Net;
using System.Threading.RateLimiting;
using Footfall.Core.Sites;
using Footfall.Server.Settings;

namespace Footfall.Server.Collect;

/// <summary>
/// Token buckets by client address and by site: a rate over time and ten seconds' worth of it in a burst. A sender that holds a key is limited
/// by its sites only.
/// </summary>
sealed class RateLimits : IDisposable
{
    readonly PartitionedRateLimiter<IPAddress>? _byAddress;
    readonly PartitionedRateLimiter<Site> _bySite;

    public RateLimits(FootfallSettings settings)
    {
        if (settings.EventsPerSecondPerAddress > 0)
        {
            _byAddress = PartitionedRateLimiter.Create<IPAddress, IPAddress>(
                address => RateLimitPartition.GetTokenBucketLimiter(address, _ => Bucket(settings.EventsPerSecondPerAddress)));
        }
        _bySite = PartitionedRateLimiter.Create<Site, (int Id, int EventsPerSecond)>(
            site => RateLimitPartition.GetTokenBucketLimiter((site.Id, site.Settings.EventsPerSecond), key => Bucket(key.EventsPerSecond)));
    }

    /// <summary>Takes tokens for a request's events from an address.</summary>
    /// <returns>0 when allowed, otherwise after how many seconds to try again.</returns>
    public int TakeForAddress(IPAddress? address, int events) =>
        _byAddress is null || address is null ? 0 : SecondsToWait(_byAddress.AttemptAcquire(address, events));

    /// <returns>0 when allowed, otherwise after how many seconds to try again.</returns>
    public int TakeForSite(Site site, int events) =>
        site.Settings.EventsPerSecond <= 0 ? 0 : SecondsToWait(_bySite.AttemptAcquire(site, events));

    public void Dispose()
    {
        _byAddress?.Dispose();
        _bySite.Dispose();
    }

    static TokenBucketRateLimiterOptions Bucket(int perSecond) => new()
    {
        // A request of the largest batch must fit into the bucket, or it could never pass.
        TokenLimit = Math.Max(perSecond * 10, Core.Hits.HitLimits.EventsPerRequest),
        TokensPerPeriod = perSecond,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        QueueLimit = 0,
        AutoReplenishment = true,
    };

    static int SecondsToWait(RateLimitLease lease)
    {
        using (lease)
        {
            if (lease.IsAcquired)
                return 0;
            return lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)) : 1;
        }
    }
}
