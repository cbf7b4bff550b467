using System.Text.Json;
using System.Text.Json.Serialization;
using Footfall.Core.Rebuild;
using Footfall.Server.Erasure;

namespace Footfall.Server.Rebuild;

/// <summary>The state of the rebuild and its difference, in <c>DATA/rebuild</c> beside the versions.</summary>
sealed class RebuildFiles(string folder)
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    string State => Path.Combine(folder, "state.json");

    string Difference => Path.Combine(folder, "difference.json");

    public RebuildState? Load() => Read<RebuildState>(State);

    public RebuildDifference? LoadDifference() => Read<RebuildDifference>(Difference);

    public void Save(RebuildState state) => Write(State, state);

    public void Save(RebuildDifference difference) => Write(Difference, difference);

    public void Delete()
    {
        if (!Directory.Exists(folder))
            return;
        File.Delete(State);
        File.Delete(Difference);
    }

    static T? Read<T>(string path) where T : class =>
        File.Exists(path) ? JsonSerializer.Deserialize<T>(File.ReadAllBytes(path), Json) : null;

    void Write<T>(string path, T content)
    {
        Directory.CreateDirectory(folder);
        DurableFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(content, Json));
    }
}
