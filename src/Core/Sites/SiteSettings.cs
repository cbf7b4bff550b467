namespace Footfall.Core.Sites;

/// <summary>What an owner may choose for a site. The defaults are those of the definitions; most sites share <see cref="Default"/>.</summary>
public sealed record SiteSettings
{
    static readonly string[] PurchaseOnly = ["purchase"];

    public static readonly SiteSettings Default = new();

    /// <summary>How much of a client address is kept. Applied by the collector before anything is stored.</summary>
    public AddressPrivacy Address { get; init; } = AddressPrivacy.Truncate;

    /// <summary>When true, an event sent with <c>DNT: 1</c> or <c>Sec-GPC: 1</c> is refused and only counted.</summary>
    public bool HonourDoNotTrack { get; init; }

    /// <summary>The gap that ends a visit, in minutes: 5 to 475.</summary>
    public int VisitTimeoutMinutes { get; init; } = 30;

    /// <summary>How far back a client's own time is believed, in hours: 0 to 168.</summary>
    public int BelievePastHours { get; init; } = 72;

    /// <summary>How far ahead of receipt a client's own time is believed, in minutes: 0 to 60.</summary>
    public int BelieveAheadMinutes { get; init; } = 15;

    /// <summary>Query parameters that are part of the page; all others are dropped from it.</summary>
    public IReadOnlyList<string> KeptQueryParameters { get; init; } = [];

    /// <summary>When true the fragment is part of the page: the site routes by hash.</summary>
    public bool HashRouting { get; init; }

    /// <summary>Client addresses or CIDR ranges whose events are refused.</summary>
    public IReadOnlyList<string> ExcludedAddresses { get; init; } = [];

    /// <summary>Paths whose events are refused; a <c>*</c> matches any run of characters.</summary>
    public IReadOnlyList<string> ExcludedPaths { get; init; } = [];

    /// <summary>Host names whose pages count, <c>*</c> matching any run of characters; empty lets every host through. Events without a page always count.</summary>
    public IReadOnlyList<string> AllowedHostnames { get; init; } = [];

    /// <summary>Names of events that count as key events.</summary>
    public IReadOnlyList<string> KeyEvents { get; init; } = PurchaseOnly;

    /// <summary>Events per second a site may send over time, and at most this many in a burst of ten seconds; 0 is no limit.</summary>
    public int EventsPerSecond { get; init; }
}
