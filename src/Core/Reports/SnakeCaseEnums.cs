using System.Text.Json;
using System.Text.Json.Serialization;

namespace Footfall.Core.Reports;

/// <summary>Writes enums as the reports' JSON writes names: <c>one_day</c>.</summary>
public sealed class SnakeCaseEnums : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert == typeof(MetricUnit) || typeToConvert == typeof(IdentityLifetime);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) => typeToConvert == typeof(MetricUnit)
        ? new JsonStringEnumConverter<MetricUnit>(JsonNamingPolicy.SnakeCaseLower).CreateConverter(typeToConvert, options)
        : new JsonStringEnumConverter<IdentityLifetime>(JsonNamingPolicy.SnakeCaseLower).CreateConverter(typeToConvert, options);
}
