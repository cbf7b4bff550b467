using System.Text.Json;

namespace Footfall.Server.Cli.Import;

/// <summary>How far the import of a file has come: what a later run of the same command starts from.</summary>
public sealed record ImportState
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    public required string File { get; init; }

    public required string Site { get; init; }

    /// <summary>Every line up to this one is durable at the server, or left out for good.</summary>
    public long LineAcknowledged { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>First and last time of the file's events, in milliseconds.</summary>
    public long FirstTime { get; init; }

    public long LastTime { get; init; }

    /// <summary>Lines whose events the server refused.</summary>
    public IReadOnlyList<RejectedLine> Refused { get; init; } = [];

    /// <summary>Null when there is none, or none that can be read: importing anew changes nothing at the server.</summary>
    public static ImportState? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<ImportState>(System.IO.File.ReadAllBytes(path), Json);
        }
        catch (Exception error) when (error is IOException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Replaces the file as a whole, so that a kill leaves the old state or the new one.</summary>
    public void Write(string path)
    {
        var draft = path + ".new";
        System.IO.File.WriteAllBytes(draft, JsonSerializer.SerializeToUtf8Bytes(this, Json));
        System.IO.File.Move(draft, path, overwrite: true);
    }
}
