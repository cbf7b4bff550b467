namespace Footfall.Adapters.DuckDb.Parquet;

/// <summary>Where and how a warehouse of Parquet files is kept.</summary>
public sealed record ParquetOptions
{
    /// <summary>The folder that all processors and reporters see.</summary>
    public required string Folder { get; init; }

    /// <summary>The calls that change it; tests make them fail.</summary>
    public required WarehouseDisk Disk { get; init; }

    /// <summary>The partitions that are read together, and of which some may be written.</summary>
    public required IReadOnlyList<int> Partitions { get; init; }

    /// <summary>A folder of this machine and process alone, for work that does not fit into memory; emptied at start.</summary>
    public required string Scratch { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What each DuckDB may use: there is one that reads, and one for each partition that is written.</summary>
    public int MemoryMiB { get; init; } = 256;

    /// <summary>So many files of a tier are merged into one of the next; so many small files of a period into one.</summary>
    public int FanOut { get; init; } = 8;

    /// <summary>A sorted file has at most so many rows, and one of less than half of them is small.</summary>
    public int FileRows { get; init; } = 1_000_000;

    /// <summary>With so many visits amended at the latest, the sorted files that hold them are written anew.</summary>
    public int AmendedMax { get; init; } = 10_000;

    /// <summary>How long a file stays that no newest manifest names: longer than the longest report, and than the longest writing of files for a commit.</summary>
    public TimeSpan Keep { get; init; } = TimeSpan.FromMinutes(70);
}
