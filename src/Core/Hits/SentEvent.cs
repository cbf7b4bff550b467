namespace Footfall.Core.Hits;

/// <summary>What an event says, whatever protocol it was sent in: a decoder's output. Nulls were not sent.</summary>
public sealed class SentEvent
{
    public string? Site { get; set; }

    public string? Name { get; set; }

    public string? Url { get; set; }

    public string? Referrer { get; set; }

    public string? Title { get; set; }

    /// <summary>The sender's idempotency key.</summary>
    public string? EventId { get; set; }

    /// <summary>The sender's own time, milliseconds since 1970, UTC.</summary>
    public long? Time { get; set; }

    public string? VisitorId { get; set; }

    public string? UserId { get; set; }

    public string? SessionId { get; set; }

    /// <summary>A JSON object of scalar values.</summary>
    public string? Props { get; set; }

    /// <summary>Millionths of <see cref="Currency"/>.</summary>
    public long? AmountMicros { get; set; }

    public string? Currency { get; set; }

    public string? OrderId { get; set; }

    public IReadOnlyList<SentItem> Items { get; set; } = [];

    public int EngagementMs { get; set; }

    /// <summary>Width of the screen in CSS pixels.</summary>
    public int? ScreenWidth { get; set; }

    public string? Language { get; set; }

    /// <summary>What sent it, when it names itself, such as <c>js</c>: how an owner sees that the tracker works.</summary>
    public string? Tracker { get; set; }

    /// <summary>The client's address as the sender gives it. Believed only from a trusted sender, and never stored with the payload.</summary>
    public string? Address { get; set; }

    /// <summary>The client's agent as the sender gives it. Believed only from a trusted sender.</summary>
    public string? UserAgent { get; set; }

    /// <summary>False when the sender says that the visitor did nothing, as for a heartbeat.</summary>
    public bool Interactive { get; set; } = true;
}
