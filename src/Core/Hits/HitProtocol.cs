namespace Footfall.Core.Hits;

/// <summary>What language a payload is written in. The number is stored; a decoder is chosen by it.</summary>
public enum HitProtocol : byte
{
    /// <summary>Nothing is kept of the hit but that it was refused.</summary>
    None = 0,

    /// <summary>The product's own: one JSON object an event; see <see cref="NativeDecoder"/>.</summary>
    Native = 1,
}
