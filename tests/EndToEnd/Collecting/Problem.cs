using System.Text.Json;

namespace Footfall.EndToEnd.Collecting;

/// <summary>A refusal as RFC 9457 has it, with the members that say where it lies.</summary>
static class Problem
{
    public static async Task AssertAsync(HttpResponseMessage answer, string? field, int? index, long? limit)
    {
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((int)answer.StatusCode, problem.GetProperty("status").GetInt32());
        Assert.NotEqual("", problem.GetProperty("title").GetString());
        Assert.Equal(field, Member(problem, "field")?.GetString());
        Assert.Equal(index, Member(problem, "index")?.GetInt32());
        Assert.Equal(limit, Member(problem, "limit")?.GetInt64());
    }

    static JsonElement? Member(JsonElement problem, string name) =>
        problem.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;
}
