using System.Net;
using System.Net.Sockets;

namespace Footfall.Servers;

/// <summary>Ports of this machine that nobody else can reach.</summary>
static class Loopback
{
    /// <summary>Where ports are taken from: below those that the system gives to outgoing connections, which would take one while its server restarts.</summary>
    const int FirstPort = 12_000, LastPort = 32_000;

    /// <summary>A port that was free a moment ago.</summary>
    public static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(FirstPort, LastPort + 1);
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException taken) when (taken.SocketErrorCode is SocketError.AddressAlreadyInUse)
            {
                // Another one, then.
            }
        }
    }

    /// <summary>Waits until something listens.</summary>
    public static async Task ListensAsync(int port, TimeSpan atMost)
    {
        using var late = new CancellationTokenSource(atMost);
        while (true)
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, port, late.Token);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(20, late.Token);
            }
        }
    }
}
