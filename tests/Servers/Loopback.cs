using System.Net;
using System.Net.Sockets;

namespace Footfall.Servers;

/// <summary>Ports of this machine that nobody else can reach.</summary>
static class Loopback
{
    /// <summary>A port that was free a moment ago.</summary>
    public static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
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
