namespace Footfall.Core.Rebuild;

/// <summary>The two versions of history that a rebuild has beside the live one.</summary>
public enum RebuildSide
{
    /// <summary>As it was when the rebuild began, going on with what comes in: what a rollback brings back.</summary>
    Before,

    /// <summary>Made anew from the raw hits: what a switch brings in.</summary>
    After,
}
