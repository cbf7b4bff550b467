using Footfall.Core.HitLog;
using Footfall.Tests.Simulation;

namespace Footfall.Tests.Contracts;

public sealed class MemoryHitLogContract : HitLogContract
{
    [Fact]
    public async Task Partitions_are_apart()
    {
        await using var log = new MemoryHitLog(3);
        await log.AppendAsync(2, Bytes(1, 5), Stop);
        Assert.Equal(log.Start(0), log.End(0));
        Assert.Equal(2, log.End(2).Partition);
        Assert.Single(await log.ReadAsync(log.Start(2), 100, Stop));
    }

    [Fact]
    public async Task An_append_that_is_told_to_fail_leaves_nothing()
    {
        await using var log = new MemoryHitLog { FailAppend = static _ => "on purpose" };
        await Assert.ThrowsAsync<HitLogUnavailableException>(async () => await log.AppendAsync(0, Bytes(1, 5), Stop));
        log.FailAppend = null;
        await log.AppendAsync(0, Bytes(2, 5), Stop);
        Assert.Equal(2, Assert.Single(await ReadAllAsync(log)).Bytes.Span[0]);
    }

    protected override Task<IHitLog> OpenAsync() => Task.FromResult<IHitLog>(new MemoryHitLog());
}
