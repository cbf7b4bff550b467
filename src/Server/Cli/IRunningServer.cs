namespace Footfall.Server.Cli;

/// <summary>A server that answers in this process until it is disposed. Disposing stops the intake first, then everything behind it.</summary>
public interface IRunningServer : IAsyncDisposable
{
    /// <summary>Where it answers; with the port it got when it was asked for port 0.</summary>
    Uri Address { get; }

    /// <summary>A bearer token that may do everything.</summary>
    string Token { get; }

    /// <summary>Makes the administrator's key when there is none yet; null when there is. It is stored hashed: whoever asks must show it.</summary>
    string? MakeFirstKey();

    /// <summary>Completes when the server has stopped by itself; faulted when something broke.</summary>
    Task Stopped { get; }
}
