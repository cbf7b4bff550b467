namespace Footfall.Server.Cli.Wire;

/// <summary>How a server is.</summary>
public sealed record StatusAnswer(
    string Version,
    string? DefinitionVersion,
    LogStatus? Log,
    ProcessorStatus? Processor,
    GeographyStatus? Geography,
    DiskStatus? Disk,
    DateTimeOffset? Clock,
    long Sites,
    long MemoryBytes,
    ArchiveStatus? Archive = null,
    SearchStatus? Search = null,
    SpillStatus? Spill = null);
