using System.Buffers;
using System.Net;
using Footfall.Core.HitLog;
using Footfall.Core.Hits;
using Footfall.Core.Sites;

namespace Footfall.Server.Collect;

/// <summary>
/// From the events of a request to a durable record. Everything random or secret is fixed here: received time, hit ids, visitors; and privacy is
/// applied here, before anything is stored. Holds no state of its own that a crash could lose.
/// </summary>
sealed class Collector(IHitLog log, SiteDirectory sites, DailySecrets secrets, RateLimits limits, TimeProvider clock)
{
    const int KeptBufferBytes = 64 * 1024;

    [ThreadStatic]
    static ArrayBufferWriter<byte>? t_buffer;

    /// <summary>
    /// Checks the events and fixes what is random or secret about them. Nothing is stored yet, and nothing is when it returns an error or a wait.
    /// </summary>
    /// <param name="defaultSite">The site for events that name none, or null.</param>
    /// <param name="batch">What <see cref="StoreAsync"/> is to make durable; null unless the verdict is good.</param>
    public Verdict Accept(List<NativeEvent> events, string? defaultSite, Sender sender, out HitBatch? batch)
    {
        batch = null;
        var receivedAt = clock.GetUtcNow();
        var hits = new Hit[events.Count];
        for (var index = 0; index < hits.Length; index++)
        {
            if (HitOf(events[index], index, defaultSite, sender, receivedAt.ToUnixTimeMilliseconds(), out hits[index]) is { } error)
                return new Verdict(error, 0);
        }
        var wait = TakeTokens(hits);
        if (wait > 0)
            return new Verdict(null, wait);
        batch = new HitBatch(IdFor(sender.RequestId, 0, receivedAt), receivedAt.ToUnixTimeMilliseconds(), sender.AcceptLanguage, hits);
        return default;
    }

    /// <summary>
    /// Appends the batch; completes when it is durable. With one partition the whole request is one record; with more, each visitor's hits go
    /// to theirs.
    /// </summary>
    /// <param name="requestId">As in <see cref="Sender.RequestId"/>.</param>
    /// <returns>The position after the last record.</returns>
    /// <exception cref="HitLogUnavailableException">It may not be durable: the client must be told to try again.</exception>
    public ValueTask<LogPosition> StoreAsync(HitBatch batch, string? requestId, CancellationToken cancellation) =>
        log.Partitions == 1 ? AppendAsync(0, batch, cancellation) : StoreApartAsync(batch, requestId, cancellation);

    /// <summary>Takes tokens for each site of a batch that has a limit.</summary>
    /// <returns>0, or the seconds to wait.</returns>
    int TakeTokens(Hit[] hits)
    {
        var wait = 0;
        if (Array.Exists(hits, hit => sites.ById(hit.Site) is { Settings.EventsPerSecond: > 0 }))
        {
            foreach (var group in hits.GroupBy(hit => hit.Site))
                wait = Math.Max(wait, sites.ById(group.Key) is { } site ? limits.TakeForSite(site, group.Count()) : 0);
        }
        return wait;
    }

    /// <summary>To all partitions at once. When one fails the client hears that all did, and what comes again is counted once by its ids.</summary>
    async ValueTask<LogPosition> StoreApartAsync(HitBatch batch, string? requestId, CancellationToken cancellation)
    {
        var receivedAt = DateTimeOffset.FromUnixTimeMilliseconds(batch.ReceivedAt);
        var appends = new List<Task<LogPosition>>();
        foreach (var group in batch.Hits.GroupBy(hit => log.PartitionOf(hit.Site, hit.Visitor)))
        {
            var part = batch with { Hits = [.. group], FirstId = IdFor(requestId, group.Key, receivedAt) };
            appends.Add(AppendAsync(group.Key, part, cancellation).AsTask());
        }
        return (await Task.WhenAll(appends))[^1];
    }

    Guid IdFor(string? requestId, int partition, DateTimeOffset receivedAt)
    {
        if (requestId is not null)
            return HitIds.Of(requestId, partition);
        return log.MayRepeat ? HitIds.NextRepeatable(receivedAt) : HitIds.Next(receivedAt);
    }

    ValueTask<LogPosition> AppendAsync(int partition, HitBatch batch, CancellationToken cancellation)
    {
        // One a thread, because the log has copied the record when the call returns; one that a large request made large is not used again.
        var buffer = t_buffer is { Capacity: <= KeptBufferBytes } kept ? kept : t_buffer = new ArrayBufferWriter<byte>(4096);
        buffer.ResetWrittenCount();
        HitBatchCodec.Write(buffer, batch);
        return log.AppendAsync(partition, buffer.WrittenMemory, cancellation);
    }

    HitError? HitOf(NativeEvent sent, int index, string? defaultSite, Sender sender, long receivedAt, out Hit hit)
    {
        hit = default;
        if ((sent.Sent.Site ?? defaultSite) is not { } name)
            return new HitError(index, "site", "is missing: name the site by id or domain, in the event or as ?site=");
        if (sites.Find(name) is not { } site || (sender.Trusted && site.Account != sender.Account))
            return new HitError(index, "site", $"{(name.Length > 100 ? name[..100] : name)} is not known here", UnknownSite: true);
        if (site.Settings.HonourDoNotTrack && sender.DoNotTrack)
        {
            hit = new Hit { Site = site.Id, Refusal = "do_not_track", UserAgent = "" };
            return null;
        }
        var agent = Cut(sender.Trusted ? sent.Sent.UserAgent ?? sender.UserAgent : sender.UserAgent);
        var address = sender.Address;
        if (sender.Trusted && sent.Sent.Address is { } given && !IPAddress.TryParse(given, out address))
            return new HitError(index, "address", "is not an IPv4 or IPv6 address");
        address = address is null ? null : ClientAddress.Plain(address);
        // Here and not only in the pipeline, because what is stored of the address is too little to tell one client from its neighbours.
        if (address is not null && site.Settings.ExcludedAddresses is { Count: > 0 } excluded && ClientAddress.IsIn(address, excluded))
        {
            hit = new Hit { Site = site.Id, Refusal = "excluded_address", UserAgent = "" };
            return null;
        }
        var (identity, visitor) = VisitorOf(sent.Sent, site, address, agent, receivedAt, sender.Trusted);
        hit = new Hit
        {
            Site = site.Id,
            Protocol = HitProtocol.Native,
            Identity = identity,
            Visitor = visitor,
            Trusted = sender.Trusted,
            UserAgent = agent,
            Address = ClientAddress.Keep(address, site.Settings.Address),
            Payload = sent.Payload,
        };
        return null;
    }

    (VisitorIdentity Identity, ulong Visitor) VisitorOf(SentEvent sent, Site site, IPAddress? address, string agent, long receivedAt, bool trusted)
    {
        if (sent.UserId is { Length: > 0 } user)
            return (VisitorIdentity.User, VisitorHash.OfId(VisitorIdentity.User, site.Id, user));
        if (sent.VisitorId is { Length: > 0 } client)
            return (VisitorIdentity.Client, VisitorHash.OfId(VisitorIdentity.Client, site.Id, client));
        var (time, _) = TimeBelief.Resolve(sent.Time, receivedAt, site.Settings, trusted);
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(time), site.Zone).DateTime);
        return (VisitorIdentity.Daily, VisitorHash.Daily(secrets.Of(day), site.Id, address, agent));
    }

    static string Cut(string agent) => agent.Length > HitLimits.UserAgent ? agent[..HitLimits.UserAgent] : agent;
}
