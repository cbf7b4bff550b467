using System.Text.Json.Serialization;

namespace Footfall.Core.Reports;

/// <summary>The JSON of reports, without reflection. An unknown field is refused: a misspelt filter must not widen a report.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    Converters = [typeof(SnakeCaseEnums)])]
[JsonSerializable(typeof(ReportRequest))]
[JsonSerializable(typeof(FilterRequest))]
[JsonSerializable(typeof(IReadOnlyList<FilterRequest>))]
[JsonSerializable(typeof(ReportDocument))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(double))]
[JsonSerializable(typeof(RealtimeAnswer))]
[JsonSerializable(typeof(ReportProblem))]
[JsonSerializable(typeof(IReadOnlyList<ReportProblem>))]
public sealed partial class ReportJson : JsonSerializerContext;
