using System.Net;
using System.Text.Json.Nodes;

namespace Footfall.EndToEnd.People;

public sealed class UnreadableRequests
{
    [Theory]
    [InlineData("{\"name\":", "name")]
    [InlineData("{\"name\":\"x\",\"scopes\":{\"a\":1}}", "scopes")]
    public async Task A_body_that_cannot_be_read_is_answered_with_the_field(string body, string field)
    {
        await using var server = await FootfallServer.StartAsync();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await server.Api.Http.PostAsync(new Uri("/api/v1/keys", UriKind.Relative), content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(field, JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["field"]!.GetValue<string>());
    }
}
