namespace Footfall.Core.Leases;

/// <summary>
/// Who does what, when several processes could: a lease is held by one of them at a time. Whoever dies loses its leases within seconds, and
/// another can take them. Implementations: rows in PostgreSQL (cluster), this process alone (embedded). Thread-safe.
/// </summary>
public interface ILeases
{
    /// <summary>Takes a lease when nobody holds it. It is renewed until it is disposed of or lost.</summary>
    /// <param name="name">Such as <c>processor/3</c>: letters, digits, slashes and dashes, at most 100.</param>
    /// <returns>Null when somebody else holds it, or this process does already.</returns>
    ValueTask<ILease?> TryTakeAsync(string name, CancellationToken cancellation);

    /// <summary>The names of the leases that somebody holds now, this process among them, that begin with a prefix; in ordinal order.</summary>
    ValueTask<IReadOnlyList<string>> HeldAsync(string prefix, CancellationToken cancellation);
}
