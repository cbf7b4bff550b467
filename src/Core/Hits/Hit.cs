using System.Net;

namespace Footfall.Core.Hits;

/// <summary>
/// One event as it arrived, after privacy: what the processor is a function of. Immutable; everything random or secret in it (id, visitor,
/// received time) was fixed by the collector.
/// </summary>
public readonly record struct Hit
{
    public required int Site { get; init; }

    /// <summary>Hash of whoever sent it; see <see cref="VisitorHash"/>. 0 for a refused hit.</summary>
    public ulong Visitor { get; init; }

    public VisitorIdentity Identity { get; init; }

    public HitProtocol Protocol { get; init; }

    /// <summary>True when the sender's own time, address and agent are believed: it held a key.</summary>
    public bool Trusted { get; init; }

    /// <summary>Why the collector refused to keep it (such as <c>do_not_track</c>), or null. A refused hit has no payload and is only counted.</summary>
    public string? Refusal { get; init; }

    /// <summary>The client's address as far as the site's privacy setting lets it be kept; null when dropped.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>The User-Agent header, or the agent a trusted sender gave.</summary>
    public string UserAgent { get; init; }

    /// <summary>The payload in the protocol's own encoding, without the client's address.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }
}
