namespace Footfall.Core.Reports;

/// <summary>How long the site's visitors of a range can be told apart, and so what a count of distinct ones means.</summary>
public enum IdentityLifetime
{
    /// <summary>There were no visits.</summary>
    None,

    /// <summary>Cookieless: a person who comes on two days is two visitors.</summary>
    OneDay,

    /// <summary>By an id of the client or the site's own user id.</summary>
    Persistent,

    Mixed,
}
