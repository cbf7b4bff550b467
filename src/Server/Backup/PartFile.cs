namespace Footfall.Server.Backup;

/// <summary>A file of the data folder that a backup holds.</summary>
/// <param name="Path">In the data folder, with slashes.</param>
/// <param name="Identity">A name for content that never changes: a backup that has it already does not copy it again. Null when it may change.</param>
/// <param name="CopyTo">Writes a sound copy of it to a path, whoever is using the file.</param>
public sealed record PartFile(string Path, string? Identity, Action<string> CopyTo);
