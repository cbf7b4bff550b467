namespace Footfall.Core.Accounts;

/// <summary>What a key may do.</summary>
[Flags]
public enum ApiScopes
{
    None = 0,

    /// <summary>Read reports, the ledger and sites: <c>reports:read</c>.</summary>
    Read = 1,

    /// <summary>Send events whose address, user agent and time are believed, server-side and imported traffic: <c>events:write</c>.</summary>
    Import = 2,

    /// <summary>Create, change and delete sites: <c>sites:admin</c>.</summary>
    Admin = 4,

    All = Read | Import | Admin,
}
