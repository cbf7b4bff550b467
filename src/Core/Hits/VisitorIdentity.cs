namespace Footfall.Core.Hits;

/// <summary>What a visitor was recognised by, and so how long the identity lasts. Stored as its number.</summary>
public enum VisitorIdentity : byte
{
    /// <summary>A keyed hash with the salt of the day: lasts one local day.</summary>
    Daily = 0,

    /// <summary>An id kept by the client.</summary>
    Client = 1,

    /// <summary>The site's own user id: joins devices.</summary>
    User = 2,
}
