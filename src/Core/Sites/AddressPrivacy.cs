namespace Footfall.Core.Sites;

/// <summary>How much of a client address reaches storage.</summary>
public enum AddressPrivacy
{
    /// <summary>The last octet of IPv4 and the last 80 bits of IPv6 are zeroed.</summary>
    Truncate,

    /// <summary>Nothing is kept; geography is then unknown.</summary>
    Drop,

    /// <summary>The whole address is kept, for sites that are allowed to.</summary>
    Keep,
}
