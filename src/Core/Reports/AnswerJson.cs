using System.Text.Json;
using System.Text.Json.Serialization;

namespace Footfall.Core.Reports;

/// <summary>Answers as a cache keeps them. One of another layout is refused, and so is missing.</summary>
[JsonSourceGenerationOptions(UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(ReportAnswer))]
sealed partial class AnswerJson : JsonSerializerContext
{
    public static byte[] Write(ReportAnswer answer) => JsonSerializer.SerializeToUtf8Bytes(answer, Default.ReportAnswer);

    /// <summary>Null when the bytes are no answer of this layout.</summary>
    public static ReportAnswer? TryRead(byte[] bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, Default.ReportAnswer);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
