using System.Text.Json;

namespace Footfall.EndToEnd.Operating;

public sealed class OpenApi(SharedServer shared)
{
    static readonly string[] Methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

    [Theory]
    [InlineData("/api/v1/events", "post")]
    [InlineData("/p.gif", "get")]
    [InlineData("/healthz", "get")]
    [InlineData("/readyz", "get")]
    [InlineData("/api/v1/sites", "get")]
    [InlineData("/api/v1/sites", "post")]
    [InlineData("/api/v1/sites/{}", "get")]
    [InlineData("/api/v1/sites/{}", "patch")]
    [InlineData("/api/v1/sites/{}", "delete")]
    [InlineData("/api/v1/sites/{}/ledger", "get")]
    [InlineData("/api/v1/sites/{}/reports", "post")]
    [InlineData("/api/v1/sites/{}/live", "get")]
    [InlineData("/api/v1/sites/{}/verification", "get")]
    [InlineData("/api/v1/overview", "get")]
    [InlineData("/api/v1/status", "get")]
    public async Task The_document_names_the_route(string path, string method)
    {
        var document = await DocumentAsync();
        var named = document.GetProperty("paths").EnumerateObject()
            .Where(known => System.Text.RegularExpressions.Regex.Replace(known.Name, @"\{\w+\}", "{}") == path)
            .SelectMany(known => known.Value.EnumerateObject().Select(operation => operation.Name));
        Assert.Contains(method, named);
    }

    [Fact]
    public async Task The_document_is_well_formed_OpenAPI_3_1()
    {
        var document = await DocumentAsync();
        Assert.StartsWith("3.1.", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        Assert.NotEqual("", document.GetProperty("info").GetProperty("title").GetString());
        Assert.NotEqual("", document.GetProperty("info").GetProperty("version").GetString());
        var ids = new List<string>();
        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            Assert.StartsWith("/", path.Name, StringComparison.Ordinal);
            foreach (var operation in path.Value.EnumerateObject().Where(member => Methods.Contains(member.Name)))
            {
                ids.Add(operation.Value.GetProperty("operationId").GetString()!);
                AssertOperation(path.Name, operation.Value);
            }
        }
        Assert.Equal(ids.Distinct(), ids);
    }

    [Fact]
    public async Task The_kept_copy_of_the_document_is_what_the_server_serves()
    {
        var kept = Path.Combine(ServerProcess.Root, "web", "openapi.json");
        var served = await shared.Visitor.GetStringAsync("/openapi/v1.json") + "\n";
        if (Environment.GetEnvironmentVariable("FOOTFALL_UPDATE_DOCS") == "1")
            await File.WriteAllTextAsync(kept, served);
        Assert.True(File.Exists(kept) && await File.ReadAllTextAsync(kept) == served,
            "web/openapi.json differs from what the server serves: run the end-to-end tests with FOOTFALL_UPDATE_DOCS=1 and commit it.");
    }

    [Fact]
    public async Task Every_reference_of_the_document_leads_somewhere()
    {
        var document = await DocumentAsync();
        var references = References(document).Distinct().ToList();
        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.True(Leads(document, reference), reference));
    }

    static void AssertOperation(string path, JsonElement operation)
    {
        var responses = operation.GetProperty("responses").EnumerateObject().ToList();
        Assert.NotEmpty(responses);
        Assert.All(responses, response => Assert.True(response.Value.TryGetProperty("description", out _), path));
        var parameters = operation.TryGetProperty("parameters", out var declared)
            ? declared.EnumerateArray().Where(parameter => parameter.GetProperty("in").GetString() == "path").Select(parameter => parameter.GetProperty("name").GetString())
            : [];
        var inPath = System.Text.RegularExpressions.Regex.Matches(path, @"\{(\w+)\}").Select(match => match.Groups[1].Value);
        Assert.Equal(inPath.Order(), parameters.Order());
    }

    static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member =>
            member is { Name: "$ref", Value.ValueKind: JsonValueKind.String } ? [member.Value.GetString()!] : References(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };

    static bool Leads(JsonElement document, string reference)
    {
        var at = document;
        foreach (var step in reference.Split('/').Skip(1))
        {
            if (at.ValueKind == JsonValueKind.Array ? int.Parse(step) >= at.GetArrayLength() : !at.TryGetProperty(step, out _))
                return false;
            at = at.ValueKind == JsonValueKind.Array ? at[int.Parse(step)] : at.GetProperty(step);
        }
        return reference.StartsWith("#/", StringComparison.Ordinal);
    }

    Task<JsonElement> DocumentAsync() => shared.Visitor.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
}
