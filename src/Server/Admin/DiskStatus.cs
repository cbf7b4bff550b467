namespace Footfall.Server.Admin;

/// <summary>The disk under the data folder.</summary>
sealed record DiskStatus(long FreeBytes, long TotalBytes);
