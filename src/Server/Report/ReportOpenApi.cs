using System.Text.Json.Nodes;
using Footfall.Core.Reports;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Footfall.Server.Report;

/// <summary>Puts the names from the tables of metrics and dimensions into the OpenAPI document, so that generated clients know them.</summary>
public static class ReportOpenApi
{
    static readonly string[] Comparisons = ["previous_period", "previous_year", "custom"];

    public static OpenApiOptions AddReports(this OpenApiOptions options)
    {
        options.AddSchemaTransformer((schema, context, _) =>
        {
            if (context.JsonPropertyInfo is null && context.JsonTypeInfo.Type == typeof(ReportRequest))
                DescribeRequest(schema);
            else if (context.JsonPropertyInfo is null && context.JsonTypeInfo.Type == typeof(FilterRequest))
                DescribeFilter(schema);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<IEndpointNameMetadata>().Any(name => name.EndpointName == "GetReport"))
                DescribeParameters(operation);
            return Task.CompletedTask;
        });
        return options;
    }

    static void DescribeRequest(OpenApiSchema schema)
    {
        Replace(schema, "metrics", new OpenApiSchema { Type = JsonSchemaType.Array, Items = Names(Metrics.All.Select(metric => metric.Id)) });
        Replace(schema, "dimensions", new OpenApiSchema { Type = JsonSchemaType.Array, Items = DimensionNames() });
        Replace(schema, "period", Names(Periods.Names));
        Replace(schema, "compare", Names(Comparisons));
    }

    static void DescribeFilter(OpenApiSchema schema)
    {
        Replace(schema, "dimension", DimensionNames());
        Replace(schema, "op", Names(FilterParser.OperatorNames));
    }

    static void DescribeParameters(OpenApiOperation operation)
    {
        operation.Parameters ??= [];
        Add(operation, "metrics", "Ids, separated by commas.", List(Names(Metrics.All.Select(metric => metric.Id))), required: true);
        Add(operation, "dimensions", "Ids, separated by commas.", List(DimensionNames()));
        Add(operation, "period", "In place of from and to.", Names(Periods.Names));
        Add(operation, "from", "The first local day.", Text("date"));
        Add(operation, "to", "The last local day, included.", Text("date"));
        Add(operation, "filters", "JSON of a filter or of a list of them, or dimension:operator:value. May be repeated; all must hold.", List(Text()), explode: true);
        Add(operation, "order", "Ids of the report's columns, with a minus for largest first, separated by commas.", List(Text()));
        Add(operation, "limit", "How many rows at most.", new OpenApiSchema { Type = JsonSchemaType.Integer });
        Add(operation, "offset", "How many rows to leave out first.", new OpenApiSchema { Type = JsonSchemaType.Integer });
        Add(operation, "compare", "Another range to answer for.", Names(Comparisons));
        Add(operation, "compare_from", "The first local day to compare with.", Text("date"));
        Add(operation, "compare_to", "The last local day to compare with, included.", Text("date"));
        Add(operation, "format", "json unless the request accepts text/csv.", Names(["json", "csv"]));
    }

    static void Add(OpenApiOperation operation, string name, string description, OpenApiSchema schema, bool required = false, bool explode = false) =>
        operation.Parameters!.Add(new OpenApiParameter
        {
            Name = name,
            In = ParameterLocation.Query,
            Description = description,
            Required = required,
            Explode = explode,
            Style = ParameterStyle.Form,
            Schema = schema,
        });

    static void Replace(OpenApiSchema schema, string property, OpenApiSchema with)
    {
        if (schema.Properties is null || !schema.Properties.TryGetValue(property, out var old))
            return;
        with.Description = old.Description;
        schema.Properties[property] = with;
    }

    static OpenApiSchema List(OpenApiSchema items) => new() { Type = JsonSchemaType.Array, Items = items };

    static OpenApiSchema Text(string? format = null) => new() { Type = JsonSchemaType.String, Format = format };

    static OpenApiSchema Names(IEnumerable<string> names) =>
        new() { Type = JsonSchemaType.String, Enum = [.. names.Select(name => (JsonNode)JsonValue.Create(name)!)] };

    static OpenApiSchema DimensionNames() => new()
    {
        AnyOf =
        [
            Names(Dimensions.All.Select(dimension => dimension.Id)),
            new OpenApiSchema { Type = JsonSchemaType.String, Pattern = "^" + Dimensions.PropertyPrefix + ".+" },
        ],
    };
}
