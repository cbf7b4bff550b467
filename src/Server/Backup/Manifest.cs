using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Footfall.Server.Cli.Wire;

namespace Footfall.Server.Backup;

/// <summary>What a backup consists of. It is written last, with its own checksum beside it: a folder without one is no backup.</summary>
/// <param name="Format">The version of this document.</param>
/// <param name="DataFormat">The version of the data folder.</param>
/// <param name="Program">The version of the program that made it.</param>
/// <param name="Position">Everything of the log before this offset is in the backup.</param>
/// <param name="Definitions">The logic that made the totals.</param>
/// <param name="Totals">What a restored server comes to; null when the numbers were not complete as the backup was made.</param>
public sealed record Manifest(
    int Format, string Name, DateTimeOffset CreatedAt, string Program, int DataFormat, long Position, string? Definitions, BooksTotals? Totals,
    IReadOnlyList<ManifestFile> Files)
{
    public const int FormatVersion = 1;

    /// <summary>False when the catalog was in a database, which has backups of its own.</summary>
    [JsonIgnore]
    public bool HasCatalog => Files.Any(file => file.Path == "catalog.db");

    const string FileName = "manifest.json";
    const string SumName = "manifest.json.sha256";

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
    };

    public void Write(string folder)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(this, Json);
        WriteDurably(Path.Combine(folder, SumName), Encoding.ASCII.GetBytes($"{Convert.ToHexStringLower(SHA256.HashData(text))}  {FileName}\n"));
        WriteDurably(Path.Combine(folder, FileName), text);
    }

    /// <summary>Null where there is none: a backup that was never finished.</summary>
    /// <exception cref="UserErrorException">It is damaged, or of a newer format.</exception>
    public static Manifest? Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            return null;
        var text = File.ReadAllBytes(path);
        var sum = Path.Combine(folder, SumName);
        if (!File.Exists(sum) || !File.ReadAllText(sum).StartsWith(Convert.ToHexStringLower(SHA256.HashData(text)), StringComparison.Ordinal))
            throw new UserErrorException($"{path} is damaged: its checksum is not the one in {SumName}.");
        var manifest = JsonSerializer.Deserialize<Manifest>(text, Json)!;
        return manifest.Format <= FormatVersion
            ? manifest
            : throw new UserErrorException($"{path} is of format {manifest.Format}, written by a newer Footfall; this one knows format {FormatVersion}.");
    }

    /// <summary>Whole under its name, or not there.</summary>
    static void WriteDurably(string path, byte[] bytes)
    {
        var draft = path + ".new";
        using (var file = new FileStream(draft, FileMode.Create, FileAccess.Write))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }
        File.Move(draft, path, overwrite: true);
    }
}
