using Footfall.Core.Hits;

namespace Footfall.Core.Enrichment;

/// <summary>
/// What a hit means after processing: one row of <c>events</c>. What belongs to the visit (source, place, device) is in the visit,
/// so that a late first event revises it once and not in every row. Times are milliseconds since 1970, UTC.
/// </summary>
public sealed class Event
{
    public required int Site { get; init; }

    /// <summary>The number of this event in its partition: 1, 2, 3 … in log order. Breaks ties of time everywhere.</summary>
    public required long Sequence { get; init; }

    /// <summary>The offset of the log record it came in, to find the raw hit again.</summary>
    public required long LogOffset { get; init; }

    public required long ReceivedAt { get; init; }

    public required ulong Visitor { get; init; }

    public required VisitorIdentity Identity { get; init; }

    public long OccurredAt { get; set; }

    /// <summary>True when the client gave a time that was not believed, and the received time stands in its place.</summary>
    public bool TimeReplaced { get; set; }

    public long Visit { get; set; }

    public string Name { get; set; } = EventNames.PageView;

    public string Hostname { get; set; } = "";

    /// <summary>The path, normalised; see <c>PageAddress</c>.</summary>
    public string Page { get; set; } = "";

    public string? Title { get; set; }

    public int EngagementMs { get; set; }

    /// <summary>False for events that happen without the visitor doing anything, such as an engagement report.</summary>
    public bool Interactive { get; set; } = true;

    public bool KeyEvent { get; set; }

    /// <summary>Millionths of <see cref="Currency"/> as sent; negative for a refund. Null when none was sent.</summary>
    public long? AmountMicros { get; set; }

    public string? Currency { get; set; }

    /// <summary>Millionths of the site's currency; null when none was sent or the currency is another one.</summary>
    public long? RevenueMicros { get; set; }

    public string? OrderId { get; set; }

    public string? UserId { get; set; }

    /// <summary>A JSON object of scalar values, or null when there are none.</summary>
    public string? Props { get; set; }

    public IReadOnlyList<SentItem> Items { get; set; } = [];

    /// <summary>Why it is a bot's, or null.</summary>
    public string? Bot { get; set; }

    public bool IsPageView => string.Equals(Name, EventNames.PageView, StringComparison.Ordinal);

    /// <summary>Time and sequence in one number that orders events as reports do: by time, ties by log order.</summary>
    public long Order => (OccurredAt << 21) | (Sequence & 0x1FFFFF);

    // What the visit takes from its first event.

    public TrafficSource Source { get; set; } = TrafficSource.Direct;

    public Place Place { get; set; } = Place.Unknown;

    public Device Device { get; set; } = Device.Unknown;

    /// <summary>Width class of the screen: xs, sm, md, lg, xl, or (unknown).</summary>
    public string ScreenClass { get; set; } = Labels.Unknown;

    /// <summary>BCP 47 tag in lower case, such as <c>en-us</c>, or (unknown).</summary>
    public string Language { get; set; } = Labels.Unknown;

    /// <summary>Hash of the session id that the client sent, or 0: the visit is then found by time.</summary>
    public ulong SessionKey { get; set; }
}
