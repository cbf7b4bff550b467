namespace Footfall.Core.Archive;

/// <summary>Whose turn it is to change the archive: sealing, erasing and keeping it small each wait for the others.</summary>
public sealed class ArchiveTurn : IDisposable
{
    readonly SemaphoreSlim _one = new(1, 1);

    public async ValueTask TakeAsync(CancellationToken cancellation) => await _one.WaitAsync(cancellation);

    public void Give() => _one.Release();

    public void Dispose() => _one.Dispose();
}
