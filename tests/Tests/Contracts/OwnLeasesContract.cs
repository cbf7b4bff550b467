using Footfall.Core.Leases;

namespace Footfall.Tests.Contracts;

public sealed class OwnLeasesContract : LeasesContract
{
    readonly OwnLeases _leases = new(TimeProvider.System);

    protected override Task<ILeases> OpenAsync() => Task.FromResult<ILeases>(_leases);
}
