namespace Footfall.Adapters.ArchiveFolder;

/// <summary>A segment as a file.</summary>
/// <param name="Identity">The same for the same content and for no other; null when the file cannot tell any more.</param>
public sealed record ArchiveFile(string Name, string? Identity);
