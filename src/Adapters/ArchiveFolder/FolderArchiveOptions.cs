namespace Footfall.Adapters.ArchiveFolder;

/// <summary>Where and how the archive is kept.</summary>
public sealed record FolderArchiveOptions
{
    /// <summary>The folder of the segments. One process writes a partition; others may read it.</summary>
    public required string Folder { get; init; }

    /// <summary>Whether other processes have it open too: then only who takes over a partition clears away what is half done in it.</summary>
    public bool IsShared { get; init; }

    /// <summary>The calls that change the disk; tests make them fail.</summary>
    public required ArchiveDisk Disk { get; init; }

    /// <summary>About how many bytes of records make one block: what damage to one byte costs at most, and what a reader holds in memory.</summary>
    public int BlockBytes { get; init; } = 8 << 20;

    /// <summary>Level of zstd for each effort.</summary>
    public int QuickLevel { get; init; } = 6;

    public int ThoroughLevel { get; init; } = 19;
}
