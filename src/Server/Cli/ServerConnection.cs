using System.Diagnostics;
using Footfall.Server.Settings;

namespace Footfall.Server.Cli;

/// <summary>
/// A server to talk to: the one named, or the one that runs on the data folder, or else one of our own for as long as the command runs.
/// </summary>
public sealed class ServerConnection : IAsyncDisposable
{
    readonly IRunningServer? _own;

    ServerConnection(FootfallClient client, IRunningServer? own)
    {
        Client = client;
        _own = own;
    }

    public FootfallClient Client { get; }

    /// <summary>Whether the server runs in this process and stops with the command.</summary>
    public bool IsOwn => _own is not null;

    /// <param name="server">The address given by <c>--server</c>, or null.</param>
    /// <param name="create">Whether a data folder that does not exist may be made.</param>
    public static async Task<ServerConnection> OpenAsync(
        CliContext context, FootfallSettings settings, string? server, bool create, CancellationToken cancellation)
    {
        if (server is not null)
            return new ServerConnection(new FootfallClient(AddressOf(server), settings.ApiKey), own: null);
        if (await FindRunningAsync(settings, cancellation) is { } running)
            return new ServerConnection(running, own: null);
        if (!create && !Directory.Exists(settings.Data))
            throw new UserErrorException($"There is no data folder {settings.Data}; 'footfall serve' or 'footfall site add' makes one, --data names another.");
        var own = await context.StartServer(settings with { Listen = "127.0.0.1:0" }, cancellation);
        return new ServerConnection(new FootfallClient(own.Address, own.Token), own);
    }

    /// <summary>A client of the server that runs on the data folder; null when none does.</summary>
    public static async Task<FootfallClient?> FindRunningAsync(FootfallSettings settings, CancellationToken cancellation)
    {
        if (ServerFile.Read(settings.Data) is not { } file || !IsAlive(file.Pid) || !Uri.TryCreate(file.Address, UriKind.Absolute, out var address))
            return null;
        var client = new FootfallClient(address, file.Token, () => ServerFile.Read(settings.Data)?.Token);
        try
        {
            await client.StatusAsync(cancellation);
            return client;
        }
        catch (Exception error) when (error is ServerUnreachableException or UserErrorException)
        {
            // A file left behind by a kill: whoever has the address now is not the server of this folder.
            client.Dispose();
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_own is not null)
            await _own.DisposeAsync();
    }

    static Uri AddressOf(string server)
    {
        var text = server.Contains("://", StringComparison.Ordinal) ? server : "http://" + server;
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new UserErrorException($"The address of the server is '{server}', but it must be such as http://127.0.0.1:8080.");
    }

    static bool IsAlive(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }
}
