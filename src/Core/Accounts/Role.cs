namespace Footfall.Core.Accounts;

/// <summary>What a member may do; each may do what those before it may.</summary>
public enum Role
{
    /// <summary>Reads reports.</summary>
    Viewer = 1,

    /// <summary>Also annotates and shares.</summary>
    Editor = 2,

    /// <summary>Also changes sites, keys and members.</summary>
    Admin = 3,

    /// <summary>Also deletes sites and decides who owns the account.</summary>
    Owner = 4,
}
