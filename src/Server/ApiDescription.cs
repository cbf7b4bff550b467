using Microsoft.AspNetCore.OpenApi;

namespace Footfall.Server;

/// <summary>What the OpenAPI document says about the whole API.</summary>
static class ApiDescription
{
    /// <summary>Names the product, and no address: the document is the same wherever it is served, so that a copy of it can be kept and compared.</summary>
    public static OpenApiOptions AddTitle(this OpenApiOptions options) => options.AddDocumentTransformer((document, _, _) =>
    {
        document.Info.Title = "Footfall";
        document.Servers?.Clear();
        return Task.CompletedTask;
    });
}
