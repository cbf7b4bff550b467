namespace Footfall.Server.Admin;

/// <summary>How a process is.</summary>
sealed record StatusDocument(
    string Version, string DefinitionVersion, int DataFormat, IReadOnlyList<string> Roles, LogStatus Log, ProcessorStatus Processor,
    GeographyStatus Geography, UserAgentStatus UserAgents, DiskStatus Disk, DateTimeOffset Clock, int Sites, long MemoryBytes, ArchiveStatus Archive);
