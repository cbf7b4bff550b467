using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Footfall.EndToEnd.Browsing;

/// <summary>A web site as small as can be: the pages it was given, by path, and 404 for every other. Answers to any host name.</summary>
public sealed class PageServer : IAsyncDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly ConcurrentDictionary<string, (string MediaType, string Text)> _pages = new();
    readonly ConcurrentQueue<string> _asked = new();
    readonly CancellationTokenSource _stopped = new();
    readonly Task _serving;

    public PageServer()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The paths that were asked for, whether they are there or not.</summary>
    public IReadOnlyCollection<string> Asked => _asked;

    public void Put(string path, string text, string mediaType = "text/html") => _pages[path] = (mediaType, text);

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        _listener.Stop();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
        _stopped.Dispose();
    }

    async Task ServeAsync()
    {
        while (true)
            _ = AnswerAsync(await _listener.AcceptTcpClientAsync(_stopped.Token));
    }

    async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
                var line = await reader.ReadLineAsync(_stopped.Token);
                while (!string.IsNullOrEmpty(await reader.ReadLineAsync(_stopped.Token)))
                {
                    // Only the path decides.
                }
                if (line?.Split(' ') is [_, var target, _])
                    await stream.WriteAsync(AnswerTo(target.Split('?')[0]), _stopped.Token);
            }
            catch (Exception gone) when (gone is IOException or OperationCanceledException)
            {
                // The browser went away, or the test is over.
            }
        }
    }

    byte[] AnswerTo(string path)
    {
        _asked.Enqueue(path);
        var isThere = _pages.TryGetValue(path, out var page);
        var (mediaType, text) = isThere ? page : _pages.GetValueOrDefault("/404", ("text/html", "<!doctype html><title>Not here</title>"));
        var body = Encoding.UTF8.GetBytes(text);
        var head = $"HTTP/1.1 {(isThere ? "200 OK" : "404 Not Found")}\r\nContent-Type: {mediaType}; charset=utf-8\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }
}
