using System.Net;
using System.Text.Json;

namespace Footfall.EndToEnd.People;

/// <summary>Who may do what: every operation of the API, asked by everybody. An operation that is not in the table fails.</summary>
public sealed class Authorisation(Credentials credentials) : IClassFixture<Credentials>
{
    // Nobody -, people by role v e a o, keys by scope W (events:write) R (reports:read) S (sites:admin), a shared link L, the operator X.
    const string Everybody = "-veaoWRSLX";
    const string People = "veao";
    const string Readers = "veaoRX";
    const string ReadersAndShared = "veaoRLX";
    const string Admins = "aoX";
    const string SiteAdmins = "aoSX";
    const string Editors = "eaoX";
    const string SiteEditors = "eaoSX";
    const string Operator = "X";
    const string Owners = "oSX";

    static readonly Dictionary<string, string> Allowed = new()
    {
        ["sendEvents"] = Everybody,
        ["sendPixel"] = Everybody,
        ["health"] = Everybody,
        ["ready"] = Everybody,
        ["getLedger"] = Readers,
        ["getStatus"] = Readers,
        ["getVerification"] = Readers,
        ["listSites"] = Readers,
        ["addSite"] = SiteAdmins,
        ["getSite"] = Readers,
        ["changeSite"] = SiteAdmins,
        ["removeSite"] = Owners,
        ["getBooks"] = Operator,
        ["listAnnotations"] = Readers,
        ["addAnnotation"] = SiteEditors,
        ["changeAnnotation"] = SiteEditors,
        ["removeAnnotation"] = SiteEditors,
        ["listKeys"] = Admins,
        ["addKey"] = Admins,
        ["removeKey"] = Admins,
        ["getSession"] = Everybody,
        ["listSessions"] = People,
        ["endSession"] = People,
        ["signUp"] = Everybody,
        ["enter"] = Everybody,
        ["makeLoginLink"] = Operator,
        ["listInvitations"] = Admins,
        ["invite"] = Admins,
        ["removeInvitation"] = Admins,
        ["getInvitation"] = Everybody,
        ["acceptInvitation"] = Everybody,
        ["listMembers"] = Admins,
        ["changeMember"] = Admins,
        ["removeMember"] = Admins,
        ["changeMe"] = People,
        ["changePassword"] = People,
        ["beginSecondFactor"] = People,
        ["removeSecondFactor"] = People,
        ["confirmSecondFactor"] = People,
        ["listLinks"] = Editors,
        ["addLink"] = Editors,
        ["removeLink"] = Editors,
        ["makeEmbedToken"] = SiteEditors,
        ["getShared"] = Everybody,
        ["unlockShared"] = Everybody,
        ["PostReport"] = ReadersAndShared,
        ["GetReport"] = ReadersAndShared,
        ["GetRealtime"] = ReadersAndShared,
        ["getOverview"] = Readers,
        ["streamLive"] = ReadersAndShared,
        ["signOut"] = Everybody,
    };

    [Fact]
    public async Task Every_operation_is_for_those_of_the_table_and_for_nobody_else()
    {
        var seen = new List<string>();
        foreach (var (method, path, operation) in await OperationsAsync())
        {
            var let = "";
            foreach (var (letter, client) in credentials.All)
            {
                if (await IsLetThroughAsync(client, method, path))
                    let += letter;
            }
            seen.Add($"{operation} {let}");
        }
        Assert.Equal(Allowed.Select(row => $"{row.Key} {row.Value}").Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
    }

    async Task<List<(HttpMethod Method, string Path, string Operation)>> OperationsAsync()
    {
        using var document = JsonDocument.Parse(await credentials.Server.Visitor.GetStringAsync("/openapi/v1.json"));
        var operations = document.RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(entry =>
                (Method: new HttpMethod(entry.Name.ToUpperInvariant()), Path: path.Name, Operation: entry.Value.GetProperty("operationId").GetString()!)));
        // Signing in is asked of everybody and answers 401 to a wrong password. Whoever signs out is nobody for all that is asked afterwards.
        return [.. operations.Where(one => one.Operation != "signIn").OrderBy(one => one.Operation == "signOut")];
    }

    /// <summary>What is asked for is the site where that changes nothing, and otherwise something that is not there; the body says nothing.</summary>
    static async Task<bool> IsLetThroughAsync(HttpClient client, HttpMethod method, string path)
    {
        var site = method == HttpMethod.Delete && path.EndsWith("{site}", StringComparison.Ordinal) ? "nowhere.example" : Credentials.Site;
        var address = path.Replace("{site}", site, StringComparison.Ordinal).Replace("{id}", "987654", StringComparison.Ordinal)
            .Replace("{token}", "unknown", StringComparison.Ordinal);
        using var request = new HttpRequestMessage(method, address);
        if (method != HttpMethod.Get)
            request.Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.True((int)answer.StatusCode < 500, $"{method} {path} was answered {(int)answer.StatusCode}");
        return answer.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden);
    }
}
