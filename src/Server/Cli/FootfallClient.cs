using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Footfall.Server.Cli.Wire;

namespace Footfall.Server.Cli;

/// <summary>
/// The HTTP API as commands use it. What the server refuses comes out as a <see cref="UserErrorException"/> with the server's own words;
/// only sending events leaves the decision to the caller.
/// </summary>
public sealed class FootfallClient : IDisposable
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    static readonly MediaTypeHeaderValue NdJson = new("application/x-ndjson");

    readonly HttpClient _http;
    readonly Func<string?>? _renewToken;
    volatile string? _token;

    /// <param name="renewToken">Asked when the server does not know the token: one that was started again has another.</param>
    public FootfallClient(Uri address, string? token, Func<string?>? renewToken = null)
    {
        Address = address;
        _token = token;
        _renewToken = renewToken;
        // A warehouse may be at work for a while; a command ends through its cancellation.
        _http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(5) };
    }

    public Uri Address { get; }

    public Task<StatusAnswer> StatusAsync(CancellationToken cancellation) => GetAsync<StatusAnswer>("/api/v1/status", cancellation);

    public Task<SiteListAnswer> SitesAsync(string? search, int limit, int offset, CancellationToken cancellation) =>
        GetAsync<SiteListAnswer>(
            string.Create(CultureInfo.InvariantCulture, $"/api/v1/sites?search={Uri.EscapeDataString(search ?? "")}&limit={limit}&offset={offset}"),
            cancellation);

    /// <summary>The site of an id or a domain; null when there is none.</summary>
    public async Task<SiteAnswer?> FindSiteAsync(string idOrDomain, CancellationToken cancellation)
    {
        using var answer = await SendAsync(HttpMethod.Get, SitePath(idOrDomain), null, cancellation);
        return answer.StatusCode == HttpStatusCode.NotFound ? null : await ReadAsync<SiteAnswer>(answer, cancellation);
    }

    public async Task<SiteAnswer> AddSiteAsync(NewSite site, CancellationToken cancellation)
    {
        using var answer = await SendAsync(HttpMethod.Post, "/api/v1/sites", JsonContent.Create(site, options: Json), cancellation);
        return await ReadAsync<SiteAnswer>(answer, cancellation);
    }

    /// <summary>False when there is no such site.</summary>
    public async Task<bool> RemoveSiteAsync(string idOrDomain, CancellationToken cancellation)
    {
        using var answer = await SendAsync(HttpMethod.Delete, SitePath(idOrDomain), null, cancellation);
        if (answer.StatusCode == HttpStatusCode.NotFound)
            return false;
        await RefuseAsync(answer, cancellation);
        return true;
    }

    public async Task<ReportAnswer> ReportAsync(string site, ReportQuestion question, CancellationToken cancellation)
    {
        using var answer = await SendAsync(HttpMethod.Post, SitePath(site) + "/reports", JsonContent.Create(question, options: Json), cancellation);
        return await ReadAsync<ReportAnswer>(answer, cancellation);
    }

    /// <summary>The report in a media type such as <c>text/csv</c> or <c>application/json</c>, as the server wrote it.</summary>
    public async Task<string> ReportTextAsync(string site, ReportQuestion question, string mediaType, CancellationToken cancellation)
    {
        using var answer = await SendAsync(
            HttpMethod.Post, SitePath(site) + "/reports", JsonContent.Create(question, options: Json), cancellation, mediaType);
        await RefuseAsync(answer, cancellation);
        return await answer.Content.ReadAsStringAsync(cancellation);
    }

    /// <summary>The address, relative to the server's, that signs a member in once.</summary>
    public async Task<string> LoginLinkAsync(string email, CancellationToken cancellation)
    {
        using var answer = await SendAsync(HttpMethod.Post, "/api/v1/login-links", JsonContent.Create(new { email }, options: Json), cancellation);
        return (await ReadAsync<LoginLinkAnswer>(answer, cancellation)).Address;
    }

    public Task<LedgerAnswer> LedgerAsync(string site, CancellationToken cancellation) =>
        GetAsync<LedgerAnswer>(SitePath(site) + "/ledger", cancellation);

    /// <summary>The sums of everything at a position that everything accepted before the call lies below.</summary>
    public Task<BooksAnswer> BooksAsync(CancellationToken cancellation) => GetAsync<BooksAnswer>("/api/v1/books", cancellation);

    public Task<ArchiveAnswer> ArchiveAsync(CancellationToken cancellation) => GetAsync<ArchiveAnswer>("/api/v1/archive", cancellation);

    /// <summary>Each segment as soon as it is compared with its checksums.</summary>
    public async IAsyncEnumerable<VerifiedSegmentAnswer> VerifyArchiveAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var line in LinesAsync("/api/v1/archive/verification", cancellation))
            yield return JsonSerializer.Deserialize<VerifiedSegmentAnswer>(line, Json)!;
    }

    /// <summary>Raw hits as lines of JSON.</summary>
    /// <param name="query">The part of the address after the question mark.</param>
    public IAsyncEnumerable<string> HitsAsync(string query, CancellationToken cancellation) => LinesAsync("/api/v1/hits?" + query, cancellation);

    /// <summary>A page of inspected raw hits of a site, newest first.</summary>
    /// <param name="query">The part of the address after the question mark.</param>
    public Task<HitsAnswer> SearchHitsAsync(string site, string query, CancellationToken cancellation) =>
        GetAsync<HitsAnswer>($"{SitePath(site)}/hits?{query}", cancellation);

    /// <summary>The raw hits of a site since a position, oldest first.</summary>
    public Task<HitTailAnswer> TailHitsAsync(string site, string query, CancellationToken cancellation) =>
        GetAsync<HitTailAnswer>($"{SitePath(site)}/hits/tail?{query}", cancellation);

    public Task<RefusedHitsAnswer> RefusedHitsAsync(CancellationToken cancellation) => GetAsync<RefusedHitsAnswer>("/api/v1/hits/refused", cancellation);

    public Task<SetAsideAnswer> SetAsideAsync(int limit, CancellationToken cancellation) =>
        GetAsync<SetAsideAnswer>(string.Create(CultureInfo.InvariantCulture, $"/api/v1/set-aside?limit={limit}"), cancellation);

    /// <param name="site">Null is every site.</param>
    public async Task<ReplayAnswer> ReplaySetAsideAsync(string? site, CancellationToken cancellation)
    {
        var path = "/api/v1/set-aside/replay" + (site is null ? "" : "?site=" + Uri.EscapeDataString(site));
        using var answer = await SendAsync(HttpMethod.Post, path, null, cancellation);
        return await ReadAsync<ReplayAnswer>(answer, cancellation);
    }

    public async Task<ErasureAnswer> ForgetAsync(ForgetQuestion question, CancellationToken cancellation)
    {
        using var answer = await SendAsync(HttpMethod.Post, "/api/v1/erasures", JsonContent.Create(question, options: Json), cancellation);
        return await ReadAsync<ErasureAnswer>(answer, cancellation);
    }

    public Task<ErasureAnswer> ErasureAsync(string id, CancellationToken cancellation) =>
        GetAsync<ErasureAnswer>("/api/v1/erasures/" + Uri.EscapeDataString(id), cancellation);

    public Task<ErasureListAnswer> ErasuresAsync(CancellationToken cancellation) => GetAsync<ErasureListAnswer>("/api/v1/erasures", cancellation);

    public Task<RebuildsAnswer> RebuildsAsync(CancellationToken cancellation) => GetAsync<RebuildsAnswer>("/api/v1/rebuilds", cancellation);

    public async Task<RebuildAnswer> StartRebuildAsync(RebuildQuestion question, CancellationToken cancellation)
    {
        using var answer = await SendAsync(HttpMethod.Post, "/api/v1/rebuilds", JsonContent.Create(question, options: Json), cancellation);
        return await ReadAsync<RebuildAnswer>(answer, cancellation);
    }

    public Task<DifferenceAnswer> RebuildDifferenceAsync(string id, int limit, CancellationToken cancellation) =>
        GetAsync<DifferenceAnswer>(string.Create(CultureInfo.InvariantCulture, $"/api/v1/rebuilds/{id}/difference?limit={limit}"), cancellation);

    /// <param name="verb">switch or rollback.</param>
    public async Task<RebuildAnswer> TurnRebuildAsync(string id, string verb, CancellationToken cancellation)
    {
        using var answer = await SendAsync(HttpMethod.Post, $"/api/v1/rebuilds/{id}/{verb}", null, cancellation);
        return await ReadAsync<RebuildAnswer>(answer, cancellation);
    }

    public async Task DropRebuildAsync(string id, CancellationToken cancellation)
    {
        using var answer = await SendAsync(HttpMethod.Delete, "/api/v1/rebuilds/" + id, null, cancellation);
        await RefuseAsync(answer, cancellation);
    }

    /// <summary>Sends a batch once. The caller may use the memory again when this completes.</summary>
    public async Task<SendOutcome> SendEventsAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellation)
    {
        using var content = new ReadOnlyMemoryContent(lines);
        content.Headers.ContentType = NdJson;
        using var answer = await SendAsync(HttpMethod.Post, "/api/v1/events", content, cancellation);
        switch (answer.StatusCode)
        {
            case HttpStatusCode.Accepted:
                return new SendOutcome.Accepted();
            case HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable:
                return new SendOutcome.Busy(RetryAfter(answer), await ProblemAsync(answer, cancellation));
            case HttpStatusCode.BadRequest when await ReadProblemAsync(answer, cancellation) is { Index: { } index } problem:
                return new SendOutcome.Refused(index, problem.Field is null ? problem.Detail ?? "refused" : $"{problem.Field}: {problem.Detail}");
            default:
                await RefuseAsync(answer, cancellation);
                return new SendOutcome.Accepted();
        }
    }

    public void Dispose() => _http.Dispose();

    static string SitePath(string idOrDomain) => "/api/v1/sites/" + Uri.EscapeDataString(idOrDomain);

    static TimeSpan RetryAfter(HttpResponseMessage answer) => answer.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1);

    async IAsyncEnumerable<string> LinesAsync(string path, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (_token is { } token)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        await RefuseAsync(answer, cancellation);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(cancellation));
        while (await reader.ReadLineAsync(cancellation) is { } line)
            yield return line;
    }

    async Task<T> GetAsync<T>(string path, CancellationToken cancellation)
    {
        using var answer = await SendAsync(HttpMethod.Get, path, null, cancellation);
        return await ReadAsync<T>(answer, cancellation);
    }

    async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, HttpContent? content, CancellationToken cancellation, string mediaType = "application/json")
    {
        var token = _token;
        var answer = await SendOnceAsync(method, path, content, token, mediaType, cancellation);
        if (answer.StatusCode != HttpStatusCode.Unauthorized || _renewToken?.Invoke() is not { } renewed || renewed == token)
            return answer;
        answer.Dispose();
        _token = renewed;
        return await SendOnceAsync(method, path, content, renewed, mediaType, cancellation);
    }

    async Task<HttpResponseMessage> SendOnceAsync(
        HttpMethod method, string path, HttpContent? content, string? token, string mediaType, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(mediaType));
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        try
        {
            return await _http.SendAsync(request, cancellation);
        }
        catch (HttpRequestException error)
        {
            throw new ServerUnreachableException($"The server at {Address} does not answer: {error.Message}", error);
        }
        catch (TaskCanceledException error) when (!cancellation.IsCancellationRequested)
        {
            throw new ServerUnreachableException($"The server at {Address} did not answer within five minutes.", error);
        }
        finally
        {
            // The content is the caller's, who may send it again; disposing the request would take it along.
            request.Content = null;
        }
    }

    async Task<T> ReadAsync<T>(HttpResponseMessage answer, CancellationToken cancellation)
    {
        await RefuseAsync(answer, cancellation);
        try
        {
            return await answer.Content.ReadFromJsonAsync<T>(Json, cancellation)
                ?? throw new UserErrorException($"The server at {Address} answered with nothing.");
        }
        catch (JsonException error)
        {
            throw new UserErrorException($"What answers at {Address} is not a Footfall server of this version.", error);
        }
    }

    async Task RefuseAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        if (answer.IsSuccessStatusCode)
            return;
        if (answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            throw new UserErrorException($"The server at {Address} does not accept the key; set FOOTFALL_API_KEY to one that may do this.");
        throw new UserErrorException(await ProblemAsync(answer, cancellation));
    }

    async Task<string> ProblemAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        var problem = await ReadProblemAsync(answer, cancellation);
        return problem?.Detail ?? problem?.Title
            ?? string.Create(CultureInfo.InvariantCulture, $"The server at {Address} answered {(int)answer.StatusCode} {answer.ReasonPhrase}.");
    }

    static async Task<ProblemAnswer?> ReadProblemAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        try
        {
            return await answer.Content.ReadFromJsonAsync<ProblemAnswer>(Json, cancellation);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
