namespace Footfall.Core.Pipeline;

/// <summary>Why a hit became no event. A closed list: every drop has one of these, and the ledger counts it.</summary>
public enum DropReason
{
    /// <summary>It goes on.</summary>
    None = 0,

    /// <summary>Its event id, or the order id of its purchase, was seen before.</summary>
    Duplicate,

    /// <summary>This version cannot read its payload.</summary>
    Undecodable,

    /// <summary>Its site was deleted after the hit was accepted.</summary>
    SiteDeleted,

    /// <summary>The site excludes its address.</summary>
    ExcludedAddress,

    /// <summary>The site excludes its path.</summary>
    ExcludedPath,

    /// <summary>Its page is on a host that the site does not list.</summary>
    OtherHostname,

    /// <summary>A step failed on it every time it was tried. It is listed, and may be replayed.</summary>
    SetAside,
}
