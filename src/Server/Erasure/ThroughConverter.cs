using System.Text.Json;
using System.Text.Json.Serialization;
using Footfall.Core.HitLog;

namespace Footfall.Server.Erasure;

/// <summary>Positions as a list of offsets, one a partition. The version before wrote the offset of its one partition, as a number.</summary>
sealed class ThroughConverter : JsonConverter<IReadOnlyList<LogPosition>>
{
    public override IReadOnlyList<LogPosition> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number
            ? [new LogPosition(0, reader.GetInt64())]
            : [.. JsonSerializer.Deserialize<long[]>(ref reader, options)!.Select((offset, partition) => new LogPosition(partition, offset))];

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<LogPosition> value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value.Select(position => position.Offset), options);
}
