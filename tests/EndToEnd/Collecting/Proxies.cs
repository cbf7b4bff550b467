using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Footfall.EndToEnd.Collecting;

/// <summary>Whose word about a client's address is believed, seen through how many visitors there are.</summary>
public sealed class Proxies
{
    const string Site = "proxied.example";

    [Theory]
    [InlineData(null, 1)]
    [InlineData("10.0.0.0/8", 1)]
    [InlineData("127.0.0.1/32", 3)]
    public async Task A_forwarded_address_is_believed_only_from_a_trusted_proxy(string? trusted, int visitors)
    {
        await using var server = await FootfallServer.StartAsync(new ServerOptions { TrustedProxies = trusted });
        await server.Api.AddSiteAsync(Site);
        foreach (var address in (string[])["198.51.100.1", "203.0.113.7", "192.0.2.9"])
            await SendAsync(server.Visitor, address);
        await server.Api.SettledLedgerAsync(Site);
        Assert.Equal(visitors, await server.Api.TotalAsync(Site, "visitors"));
    }

    [Fact]
    public async Task Of_a_chain_the_last_address_that_is_no_proxy_counts()
    {
        await using var server = await FootfallServer.StartAsync(new ServerOptions { TrustedProxies = "127.0.0.1/32,10.0.0.0/8" });
        await server.Api.AddSiteAsync(Site);
        foreach (var chain in (string[])["1.1.1.1, 198.51.100.1, 10.0.0.3", "2.2.2.2, 198.51.100.1, 10.0.0.4", "198.51.100.1"])
            await SendAsync(server.Visitor, chain);
        await server.Api.SettledLedgerAsync(Site);
        Assert.Equal(1, await server.Api.TotalAsync(Site, "visitors"));
    }

    [Fact]
    public async Task Behind_nginx_visitors_are_told_apart_and_cannot_pretend()
    {
        var program = Needs.Program("nginx");
        await using var server = await FootfallServer.StartAsync(new ServerOptions { TrustedProxies = "127.0.0.1/32" });
        await server.Api.AddSiteAsync(Site);
        var folder = Directory.CreateTempSubdirectory("footfall-nginx-");
        var port = FreePort();
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "nginx.conf"), Configuration(port, server.Address));
        using var nginx = Process.Start(program, ["-p", folder.FullName, "-c", "nginx.conf", "-e", "error.log"]);
        try
        {
            for (var visitor = 2; visitor <= 4; visitor++)
            {
                using var client = ClientAt(IPAddress.Parse($"127.0.0.{visitor}"), new Uri($"http://127.0.0.1:{port}"));
                await UntilItAnswersAsync(client);
                await SendAsync(client, forwarded: null);
                await SendAsync(client, forwarded: "198.51.100.1");
                await SendAsync(client, forwarded: "203.0.113.7");
            }
        }
        finally
        {
            await Signals.TerminateAsync(nginx);
            await nginx.WaitForExitAsync();
            folder.Delete(recursive: true);
        }
        await server.Api.SettledLedgerAsync(Site);
        Assert.Equal(9, await server.Api.TotalAsync(Site, "pageviews"));
        Assert.Equal(3, await server.Api.TotalAsync(Site, "visitors"));
    }

    static async Task SendAsync(HttpClient client, string? forwarded)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/events") { Content = JsonContent.Create(new { site = Site, url = $"https://{Site}/" }) };
        request.Headers.UserAgent.ParseAdd(Browsers.Desktop);
        if (forwarded is not null)
            request.Headers.Add("X-Forwarded-For", forwarded);
        using var answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    static string Configuration(int port, Uri server) =>
        $$"""
        {{(Environment.IsPrivilegedProcess ? "user root;" : "")}}
        daemon off;
        worker_processes 1;
        pid nginx.pid;
        events { worker_connections 64; }
        http {
          access_log off;
          client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
          server {
            listen 127.0.0.1:{{port}};
            location / {
              proxy_pass {{server}};
              proxy_set_header Host $host;
              proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
            }
          }
        }
        """;

    /// <summary>A client that connects from an address of its own; all of 127.0.0.0/8 is this machine's.</summary>
    static HttpClient ClientAt(IPAddress from, Uri to)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = async (context, cancellation) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(from, 0));
                await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        return new HttpClient(handler) { BaseAddress = to };
    }

    static async Task UntilItAnswersAsync(HttpClient client)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync("/healthz", patience.Token);
                return;
            }
            catch (Exception refused) when (refused is HttpRequestException or SocketException)
            {
                await Task.Delay(20, patience.Token);
            }
        }
    }

    static int FreePort()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}
