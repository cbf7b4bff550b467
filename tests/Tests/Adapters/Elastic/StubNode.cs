using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Text;
using Footfall.Servers;

namespace Footfall.Tests.Adapters.Elastic;

/// <summary>A small HTTP server on loopback that answers as it is told and remembers what it was asked.</summary>
sealed class StubNode : IDisposable
{
    readonly HttpListener _listener = new();
    readonly SemaphoreSlim _kept = new(0);
    readonly Task _serving;

    public StubNode(Func<StubRequest, (int Status, string Body)> answer)
    {
        Address = new Uri(FormattableString.Invariant($"http://127.0.0.1:{Loopback.FreePort()}/"));
        Answer = answer;
        _listener.Prefixes.Add(Address.ToString());
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Address { get; }

    public Func<StubRequest, (int Status, string Body)> Answer { get; set; }

    public ConcurrentQueue<StubRequest> Requests { get; } = [];

    /// <summary>Answers nobody, for as long as a test lasts.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Waits for a request that it leaves without an answer.</summary>
    public Task AskedAsync(CancellationToken cancellation) => _kept.WaitAsync(cancellation);

    public void Dispose()
    {
        _listener.Close();
        _serving.GetAwaiter().GetResult();
        _kept.Dispose();
    }

    async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                if (IsSilent)
                    _kept.Release();
                else
                    await AnswerAsync(context);
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    async Task AnswerAsync(HttpListenerContext context)
    {
        var asked = context.Request;
        var isPacked = asked.Headers["Content-Encoding"] == "gzip";
        await using var unpacked = isPacked ? new GZipStream(asked.InputStream, CompressionMode.Decompress) : asked.InputStream;
        using var reader = new StreamReader(unpacked);
        var request = new StubRequest(asked.HttpMethod, asked.RawUrl!, asked.Headers["Authorization"], asked.ContentType, isPacked, await reader.ReadToEndAsync());
        Requests.Enqueue(request);
        var (status, body) = Answer(request);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
        context.Response.Close();
    }
}
