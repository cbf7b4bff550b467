using Footfall.Core.Reports;
using Footfall.Core.Warehouse;

namespace Footfall.Core.Rebuild;

/// <summary>
/// Where the two versions of a rebuild are kept, and how one of them takes the place of the live rows. The live warehouse is not touched by
/// anything but a switch. Implementations: DuckDB files beside the live one (embedded), in memory (simulation). One caller at a time.
/// </summary>
public interface IRebuildStore
{
    /// <summary>Why nothing can be rebuilt here, in words for an operator; null when it can.</summary>
    string? Unavailable => null;

    /// <summary>Makes the version before of what is live: rows, keys and position of one moment. Whatever was there of an earlier attempt goes.</summary>
    /// <param name="sites">Whose rows; null is everybody's.</param>
    ValueTask CopyLiveAsync(IReadOnlyCollection<int>? sites, CancellationToken cancellation);

    /// <summary>Opens a version to be written, made empty when it is missing. The caller disposes it before it calls anything else here.</summary>
    IWarehouse Open(RebuildSide side);

    /// <summary>
    /// Completes the version after, which must stand at the same position as the one before: what it may not replace, it takes from there. Whole
    /// visits are replaced: a visit belongs to the time it began at, and visits of the two versions that share hits go together, so that no hit
    /// is lost or doubled at an edge. In one transaction, once; called again it does nothing.
    /// </summary>
    /// <returns>What was to be replaced and could not.</returns>
    ValueTask<RebuildRemainder> CombineAsync(RebuildScope scope, CancellationToken cancellation);

    /// <summary>Has both versions answer reports until the work is done.</summary>
    ValueTask ReadBothAsync(Func<IReportEngine, IReportEngine, Task> work, CancellationToken cancellation);

    /// <summary>
    /// Puts a version's rows in the place of the live ones of its sites, in one transaction. Both must stand at one position, and the processor
    /// must rest; afterwards it must begin again from the warehouse.
    /// </summary>
    ValueTask SwitchAsync(string rebuild, RebuildSide side, IReadOnlyCollection<int>? sites, CancellationToken cancellation);

    /// <summary>The version of a rebuild that was switched in last; null when none was, so that the live rows are those of before.</summary>
    RebuildSide? LiveSide(string rebuild);

    /// <summary>Whether there is anything of a version.</summary>
    bool Has(RebuildSide side);

    /// <summary>Deletes both versions.</summary>
    void Delete();
}
