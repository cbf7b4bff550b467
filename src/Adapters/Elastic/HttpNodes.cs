using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Footfall.Adapters.Tls;
using Footfall.Core.Search;

namespace Footfall.Adapters.Elastic;

/// <summary>
/// A small HTTP client of several nodes that do the same: they take turns; one that refuses, breaks off, is silent or says that it cannot is left alone
/// for a while and the next is asked. So a request may be made twice, and must be one that may. Only when no other is left is one asked before its time.
/// </summary>
public sealed class HttpNodes : IDisposable
{
    /// <summary>From here on a body is compressed, in bytes.</summary>
    const int CompressFrom = 1024;

    static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(2);

    /// <summary>For a node that failed, as long as another one lives: whoever tries it for the others is not to wait long.</summary>
    static readonly TimeSpan TriedWithin = TimeSpan.FromSeconds(3);

    readonly HttpNode[] _nodes;
    readonly HttpClient _client;
    readonly TimeProvider _time;
    uint _turn;

    /// <param name="nodes">Addresses, each with a name and a password where the node asks for them; at least one.</param>
    /// <param name="apiKey">Sent in place of them.</param>
    /// <param name="authorityFile">In PEM: who signed their certificates; null believes what the system believes.</param>
    public HttpNodes(IReadOnlyList<Uri> nodes, string? apiKey, TimeProvider time, string? authorityFile = null)
    {
        _time = time;
        _nodes = [.. nodes.Select(node => new HttpNode(node, apiKey, time))];
        // A connection is not kept for ever, so that a name that moves is looked up again.
        var handler = new SocketsHttpHandler
        {
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectTimeout = ConnectWithin,
            AutomaticDecompression = DecompressionMethods.GZip,
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
        };
        if (authorityFile is not null)
            handler.SslOptions.CertificateChainPolicy = PrivateAuthority.Trust(authorityFile);
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Every node, without its password.</summary>
    public IReadOnlyList<Uri> All => [.. _nodes.Select(node => node.Address)];

    /// <summary>Those that failed last and have not answered since.</summary>
    public IReadOnlyList<Uri> Dead => [.. _nodes.Where(node => node.IsDead).Select(node => node.Address)];

    public void Dispose() => _client.Dispose();

    /// <summary>Asks the nodes in turn until one gives an answer of its own, whatever it is.</summary>
    /// <param name="within">For each node that is asked.</param>
    /// <exception cref="HitSearchUnavailableException">None did.</exception>
    internal async ValueTask<HttpAnswer> SendAsync(
        HttpMethod method, string path, ReadOnlyMemory<byte> body, string contentType, TimeSpan within, CancellationToken cancellation)
    {
        string? last = null;
        Exception? reason = null;
        var packed = body.Length >= CompressFrom ? Compress(body.Span) : null;
        var turn = InTurn();
        var livesOne = turn.Any(node => !node.IsDead);
        foreach (var node in turn)
        {
            using var request = node.Request(method, path);
            if (!body.IsEmpty)
                request.Content = ContentOf(body, packed, contentType);
            try
            {
                var answer = await SendAsync(node, request, node.IsDead && livesOne && within > TriedWithin ? TriedWithin : within, cancellation);
                if (answer.Status is not (HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout))
                {
                    node.Answered();
                    return answer;
                }
                last = answer.Said;
            }
            catch (HttpRequestException broken)
            {
                (last, reason) = ($"{node.Address}: {broken.GetBaseException().Message}", broken);
            }
            catch (OperationCanceledException late) when (!cancellation.IsCancellationRequested)
            {
                (last, reason) = ($"{node.Address} did not answer in time", late);
            }
            node.Failed();
        }
        throw new HitSearchUnavailableException($"no node answers; the last was {last}", reason);
    }

    async ValueTask<HttpAnswer> SendAsync(HttpNode node, HttpRequestMessage request, TimeSpan within, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(within, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseContentRead, either.Token);
        return new HttpAnswer(node.Address, response.StatusCode, await response.Content.ReadAsByteArrayAsync(either.Token));
    }

    /// <summary>Living nodes, each time from the next one on; then those that failed.</summary>
    HttpNode[] InTurn()
    {
        var first = Interlocked.Increment(ref _turn);
        var turn = Enumerable.Range(0, _nodes.Length).Select(step => _nodes[(int)((first + (uint)step) % (uint)_nodes.Length)]).ToList();
        // A dead one whose time has come goes first, or it would stay dead as long as another lives.
        var tried = turn.FirstOrDefault(node => node.IsDead && node.MayBeTried());
        var living = turn.Where(node => !node.IsDead).ToList();
        return [.. tried is null ? [] : new[] { tried }, .. living, .. turn.Where(node => node != tried && !living.Contains(node))];
    }

    static HttpContent ContentOf(ReadOnlyMemory<byte> body, byte[]? packed, string contentType)
    {
        HttpContent content = packed is null ? new ReadOnlyMemoryContent(body) : new ByteArrayContent(packed);
        content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        if (packed is not null)
            content.Headers.ContentEncoding.Add("gzip");
        return content;
    }

    static byte[] Compress(ReadOnlySpan<byte> body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(body);
        return packed.ToArray();
    }
}
