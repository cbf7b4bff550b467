namespace Footfall.Server.Backup;

/// <summary>A file of a backup.</summary>
/// <param name="Path">Where it belongs in a data folder.</param>
/// <param name="Stored">Where it lies in the folder of backups.</param>
/// <param name="Sha256">Of its bytes, in hexadecimal.</param>
public sealed record ManifestFile(string Path, string Stored, long Bytes, string Sha256);
