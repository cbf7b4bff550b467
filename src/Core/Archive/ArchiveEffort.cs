namespace Footfall.Core.Archive;

/// <summary>How hard a segment is compressed.</summary>
public enum ArchiveEffort
{
    /// <summary>As fast as hits arrive: when a segment is sealed first.</summary>
    Quick = 1,

    /// <summary>As small as it gets: when an old segment is written anew, at leisure.</summary>
    Thorough = 2,
}
