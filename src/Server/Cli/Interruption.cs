using System.Runtime.InteropServices;

namespace Footfall.Server.Cli;

/// <summary>Turns Ctrl-C and SIGTERM into a cancellation, so that a command ends in order. A second one ends the process at once.</summary>
sealed class Interruption : IDisposable
{
    readonly CancellationTokenSource _source = new();
    readonly PosixSignalRegistration _interrupt;
    readonly PosixSignalRegistration _terminate;

    public Interruption()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>True after SIGTERM: a service that stops when it is told to has done well.</summary>
    public bool Terminated { get; private set; }

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _source.Dispose();
    }

    void Handle(PosixSignalContext signal)
    {
        if (_source.IsCancellationRequested)
            return;
        signal.Cancel = true;
        Terminated = signal.Signal == PosixSignal.SIGTERM;
        _source.Cancel();
    }
}
