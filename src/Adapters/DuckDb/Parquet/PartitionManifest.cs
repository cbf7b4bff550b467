using System.Text.Json;
using System.Text.Json.Serialization;
using Footfall.Core.HitLog;
using Footfall.Core.Warehouse;

namespace Footfall.Adapters.DuckDb.Parquet;

/// <summary>One version of a partition: every file that belongs to it, and the position of the log that they stand for.</summary>
/// <param name="Epoch">Of the owner that wrote it.</param>
/// <param name="Offset">Everything of the log before it is in the files.</param>
/// <param name="CompleteUntil">Received time of the last hit worked off, in milliseconds.</param>
/// <param name="VisitsMergedBefore">See the port.</param>
sealed record PartitionManifest(
    int Format, int Partition, long Version, long Epoch, long Offset, long NextSequence, long NextVisit, long CompleteUntil,
    long VisitsMergedBefore, IReadOnlyList<DataFile> Files)
{
    /// <summary>The version of manifests, of names and of the files' columns; another one is not read.</summary>
    public const int FormatVersion = 1;

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    [JsonIgnore]
    public WarehouseState State => new(new LogPosition(Partition, Offset), NextSequence, NextVisit, CompleteUntil);

    public static PartitionManifest Empty(int partition)
    {
        var state = WarehouseState.Empty(partition);
        return new(FormatVersion, partition, 0, 0, 0, state.NextSequence, state.NextVisit, state.CompleteUntil, 0, []);
    }

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <exception cref="InvalidDataException">It is not whole, or of another format.</exception>
    public static PartitionManifest Read(byte[] bytes, string name)
    {
        try
        {
            var read = JsonSerializer.Deserialize<PartitionManifest>(bytes, Json);
            if (read is { Format: FormatVersion, Files: not null })
                return read;
        }
        catch (JsonException)
        {
            // Told below, with the name.
        }
        throw new InvalidDataException($"The manifest {name} is not one of format {FormatVersion}. Move the partition's folder away to have it made anew from the log.");
    }
}
