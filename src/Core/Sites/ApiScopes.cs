namespace Footfall.Core.Sites;

/// <summary>What a key may do.</summary>
[Flags]
public enum ApiScopes
{
    None = 0,

    /// <summary>Read reports, the ledger and sites.</summary>
    Read = 1,

    /// <summary>Send events whose address, user agent and time are believed: server-side and imported traffic.</summary>
    Import = 2,

    /// <summary>Create, change and delete sites.</summary>
    Admin = 4,

    All = Read | Import | Admin,
}
