using System.Text.Json;
using Footfall.Core.Reports;

namespace Footfall.Server.Report;

/// <summary>What the report endpoints need of the host beside their ports.</summary>
public static class ReportServices
{
    /// <summary>Makes the OpenAPI document describe the JSON as it is written: the document is made from the host's options, not from the endpoints'.</summary>
    public static IServiceCollection AddReportJson(this IServiceCollection services) => services.ConfigureHttpJsonOptions(options =>
    {
        options.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.SerializerOptions.Converters.Add(new SnakeCaseEnums());
        options.SerializerOptions.TypeInfoResolverChain.Insert(0, ReportJson.Default);
        options.SerializerOptions.TypeInfoResolverChain.Insert(1, ReportServerJson.Default);
    });
}
