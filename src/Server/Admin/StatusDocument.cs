namespace Footfall.Server.Admin;

/// <summary>How a process is.</summary>
/// <param name="Search">The raw dump in Elasticsearch; null where there is none.</param>
/// <param name="Spill">Null where nothing is kept for a queue.</param>
sealed record StatusDocument(
    string Version, string DefinitionVersion, int DataFormat, IReadOnlyList<string> Roles, LogStatus Log, ProcessorStatus Processor,
    GeographyStatus Geography, UserAgentStatus UserAgents, DiskStatus Disk, DateTimeOffset Clock, int Sites, long MemoryBytes, ArchiveStatus Archive,
    SearchStatus? Search, SpillStatus? Spill);
