using Footfall.Core.Reports;
using Footfall.Core.Warehouse;

namespace Footfall.Core.Rebuild;

/// <summary>Where versions cannot be kept beside the live warehouse: says so to whoever asks for a rebuild, before anything is begun.</summary>
/// <param name="reason">Why, in words for an operator.</param>
public sealed class NoRebuildStore(string reason) : IRebuildStore
{
    public string? Unavailable => reason;

    public ValueTask CopyLiveAsync(IReadOnlyCollection<int>? sites, CancellationToken cancellation) => throw Refused();

    public IWarehouse Open(RebuildSide side) => throw Refused();

    public ValueTask<RebuildRemainder> CombineAsync(RebuildScope scope, CancellationToken cancellation) => throw Refused();

    public ValueTask ReadBothAsync(Func<IReportEngine, IReportEngine, Task> work, CancellationToken cancellation) => throw Refused();

    public ValueTask SwitchAsync(string rebuild, RebuildSide side, IReadOnlyCollection<int>? sites, CancellationToken cancellation) => throw Refused();

    public RebuildSide? LiveSide(string rebuild) => null;

    public bool Has(RebuildSide side) => false;

    public void Delete()
    {
        // There is nothing.
    }

    InvalidOperationException Refused() => new(reason);
}
