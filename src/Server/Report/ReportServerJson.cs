using System.Text.Json.Serialization;

namespace Footfall.Server.Report;

/// <summary>The JSON of refusals, without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReportProblemDetails))]
public sealed partial class ReportServerJson : JsonSerializerContext;
