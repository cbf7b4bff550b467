namespace Footfall.Core.Leases;

/// <summary>A lease that this process holds. Disposing of it gives it back at once; without that, it ends by itself some seconds after the process.</summary>
public interface ILease : IAsyncDisposable
{
    string Name { get; }

    /// <summary>
    /// Greater at each taking of the name than at all before, by whomever: who writes hands it along, and storage refuses one that is lower than
    /// what it has seen. That, and not the clock, keeps out a holder that was away and does not know yet that it lost the lease.
    /// </summary>
    long Epoch { get; }

    /// <summary>Cancelled when it could not be renewed in time: the holder must stop, because another may have begun.</summary>
    CancellationToken Lost { get; }
}
