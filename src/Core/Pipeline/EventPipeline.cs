using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using Footfall.Core.Enrichment;
using Footfall.Core.Hits;

namespace Footfall.Core.Pipeline;

/// <summary>
/// What becomes of one hit, as a list of steps. A step either drops the hit with a reason or sets what it knows of the event. The outcome depends
/// on the hit, the site, the rules' versions and the keys seen before it, and on nothing else: replaying a log gives the same events.
/// The last step, the visit, is the processor's, because it may first have to ask the warehouse.
/// </summary>
public sealed class EventPipeline(EnrichmentRules rules, SeenEvents seen)
{
    delegate DropReason Step(EventPipeline pipeline, EventContext hit);

    static readonly Step[] Steps =
    [
        static (_, hit) => Decode(hit),
        static (_, hit) => SetTime(hit),
        static (_, hit) => SetPage(hit),
        static (_, hit) => DropExcluded(hit),
        static (pipeline, hit) => pipeline.DropDuplicate(hit),
        static (pipeline, hit) => pipeline.SetBot(hit),
        static (pipeline, hit) => pipeline.SetDevice(hit),
        static (pipeline, hit) => pipeline.SetPlace(hit),
        static (pipeline, hit) => pipeline.SetSource(hit),
        static (_, hit) => SetMeaning(hit),
        static (_, hit) => SetRevenue(hit),
    ];

    /// <summary>Runs the steps until one drops the hit.</summary>
    public DropReason Run(EventContext hit)
    {
        foreach (var step in Steps)
        {
            var reason = step(this, hit);
            if (reason != DropReason.None)
                return reason;
        }
        return DropReason.None;
    }

    static DropReason Decode(EventContext hit) => hit.Hit.Protocol switch
    {
        HitProtocol.Native when NativeDecoder.Read(hit.Hit.Payload.Span, hit.Sent) is null => DropReason.None,
        _ => DropReason.Undecodable,
    };

    static DropReason SetTime(EventContext hit)
    {
        (hit.Event.OccurredAt, hit.Event.TimeReplaced) =
            TimeBelief.Resolve(hit.Sent.Time, hit.Batch.ReceivedAt, hit.Site.Settings, hit.Hit.Trusted);
        return DropReason.None;
    }

    static DropReason SetPage(EventContext hit)
    {
        var address = PageAddress.Of(hit.Sent.Url, hit.Site);
        hit.Event.Hostname = address.Hostname;
        hit.Event.Page = address.Page;
        hit.Event.Title = hit.Sent.Title;
        return DropReason.None;
    }

    static DropReason DropExcluded(EventContext hit)
    {
        var settings = hit.Site.Settings;
        if (settings.ExcludedAddresses.Count > 0 && hit.Hit.Address is { } address && ClientAddress.IsIn(address, settings.ExcludedAddresses))
            return DropReason.ExcludedAddress;
        foreach (var pattern in settings.ExcludedPaths)
        {
            if (PathPattern.Matches(hit.Event.Page, pattern))
                return DropReason.ExcludedPath;
        }
        var (host, allowed) = (hit.Event.Hostname, settings.AllowedHostnames);
        return host.Length == 0 || allowed.Count == 0 || allowed.Any(pattern => PathPattern.Matches(host, pattern))
            ? DropReason.None
            : DropReason.OtherHostname;
    }

    DropReason DropDuplicate(EventContext hit)
    {
        var day = hit.ReceivedDay;
        if (hit.Sent.EventId is { Length: > 0 } id)
        {
            if (!Remember(hit, 'e', id, day))
                return DropReason.Duplicate;
        }
        else if (hit.RepeatableId is { } repeatable && !seen.AddHit(repeatable, day, hit.NewKeys))
        {
            return DropReason.Duplicate;
        }
        if (hit.Sent is { Name: EventNames.Purchase, OrderId: { Length: > 0 } order } && !Remember(hit, 'o', order, day))
            return DropReason.Duplicate;
        return DropReason.None;
    }

    bool Remember(EventContext hit, char kind, string id, DateOnly day)
    {
        Span<byte> message = stackalloc byte[5 + Encoding.UTF8.GetMaxByteCount(HitLimits.Id)];
        message[0] = (byte)kind;
        MemoryMarshal.Write(message[1..], hit.Site.Id);
        var size = Encoding.UTF8.GetBytes(id, message[5..]);
        var key = XxHash128.HashToUInt128(message[..(5 + size)]);
        return seen.Add(key, day, hit.NewKeys);
    }

    DropReason SetBot(EventContext hit)
    {
        hit.Event.Bot = rules.Agents.BotReason(hit.Hit.UserAgent) ?? ReferrerSpam.Reason(UrlParts.Of(hit.Sent.Referrer).Host);
        return DropReason.None;
    }

    DropReason SetDevice(EventContext hit)
    {
        hit.Event.Device = rules.Agents.Describe(hit.Hit.UserAgent);
        hit.Event.ScreenClass = hit.Sent.ScreenWidth is { } width ? ScreenClasses.Of(width) : Labels.Unknown;
        hit.Event.Language = Languages.Primary(hit.Sent.Language ?? hit.Batch.AcceptLanguage);
        return DropReason.None;
    }

    DropReason SetPlace(EventContext hit)
    {
        hit.Event.Place = hit.Hit.Address is { } address ? rules.Geography.Find(address) : Place.Unknown;
        return DropReason.None;
    }

    DropReason SetSource(EventContext hit)
    {
        hit.Event.Source = TrafficSources.Resolve(hit.Sent.Url, hit.Sent.Referrer, hit.Site, rules.Sources);
        return DropReason.None;
    }

    static DropReason SetMeaning(EventContext hit)
    {
        var (sent, meant) = (hit.Sent, hit.Event);
        meant.Name = sent.Name!;
        meant.EngagementMs = sent.EngagementMs;
        meant.Interactive = sent.Interactive && meant.Name != EventNames.Engagement;
        meant.KeyEvent = hit.Site.Settings.KeyEvents.Contains(meant.Name);
        meant.UserId = sent.UserId;
        meant.Props = sent.Props;
        meant.SessionKey = sent.SessionId is { Length: > 0 } session ? VisitorHash.OfSession(hit.Site.Id, session) : 0;
        return DropReason.None;
    }

    static DropReason SetRevenue(EventContext hit)
    {
        var (sent, meant) = (hit.Sent, hit.Event);
        meant.OrderId = sent.OrderId;
        meant.Items = sent.Items;
        if (sent.AmountMicros is not { } amount)
            return DropReason.None;
        meant.Currency = sent.Currency ?? hit.Site.Currency;
        meant.AmountMicros = meant.Name == EventNames.Refund ? -Math.Abs(amount) : amount;
        meant.RevenueMicros = meant.Currency == hit.Site.Currency ? meant.AmountMicros : null;
        return DropReason.None;
    }
}
