namespace Footfall.Core.Rebuild;

/// <summary>How far a rebuild is. The first four are work, and go on by themselves; in the others it waits to be told what to do.</summary>
public enum RebuildPhase
{
    /// <summary>What is live is copied aside.</summary>
    Copying,

    /// <summary>The raw hits are read anew.</summary>
    Replaying,

    /// <summary>What may not be replaced is taken from the copy.</summary>
    Combining,

    /// <summary>Reports are asked of both versions.</summary>
    Comparing,

    /// <summary>The difference is known; nothing live has changed.</summary>
    Ready,

    /// <summary>The new version is live; the old one can be brought back.</summary>
    Switched,

    /// <summary>The old version is live again; the new one can be brought in again.</summary>
    RolledBack,

    /// <summary>The difference is known, and that was all that was asked for.</summary>
    Compared,
}
