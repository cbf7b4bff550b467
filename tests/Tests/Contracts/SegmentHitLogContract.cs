using Footfall.Adapters.EmbeddedLog;
using Footfall.Core.HitLog;
using Footfall.Tests.Adapters.EmbeddedLog;

namespace Footfall.Tests.Contracts;

public sealed class SegmentHitLogContract : HitLogContract, IDisposable
{
    readonly LogFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override Task<IHitLog> OpenAsync() =>
        Task.FromResult<IHitLog>(SegmentHitLog.Open(_folder.Options with { SegmentBytes = 16 * 1024 }));
}
