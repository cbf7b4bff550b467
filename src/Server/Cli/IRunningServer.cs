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

    /// <summary>The address at which the first owner signs up, once; null when somebody has.</summary>
    Uri? MakeSignUpLink();

    /// <summary>An address that opens a page signed in as the owner, once; the owner is made where there is none.</summary>
    Uri MakeDemoLink(string page);

    /// <summary>Completes when the server has stopped by itself; faulted when something broke.</summary>
    Task Stopped { get; }
}
