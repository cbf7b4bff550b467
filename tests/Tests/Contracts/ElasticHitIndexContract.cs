using System.Diagnostics;
using Footfall.Adapters.Elastic;
using Footfall.Core.Archive;
using Footfall.Core.Search;
using Footfall.Tests.Adapters.ArchiveFolder;
using Footfall.Tests.Adapters.Elastic;

namespace Footfall.Tests.Contracts;

/// <summary>The hits come by the delivery, from an archive that holds a third of them and from the log.</summary>
[Trait("speed", "slow")]
[Collection(SharedElastic.Collection)]
public sealed class ElasticHitIndexContract(SharedElastic elastic) : HitIndexContract, IAsyncDisposable
{
    readonly ArchiveScratch _folder = new();
    readonly CancellationTokenSource _stop = new();
    Task _delivering = Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _delivering;
        _stop.Dispose();
        _folder.Dispose();
    }

    protected override async Task<IHitIndex> OpenAsync()
    {
        var (client, options) = (elastic.Client(), SharedElastic.NewOptions());
        var archive = _folder.Open();
        await ArchiveScratch.SealAsync(archive, (await RecordsAsync(Log))[..100]);
        var dump = new ElasticHitDump(client, options);
        var delivery = new HitDelivery(
            0, new HitHistory(Log, archive), archive, dump, new ElasticSink(client, options), TimeProvider.System, new HitDeliveryOptions { HitsMost = 200 });
        _delivering = delivery.RunAsync(_ => { }, _stop.Token);
        for (var patience = Stopwatch.StartNew(); delivery.Lag > 0 || delivery.Position is null; await Task.Delay(20, Stop))
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(30), delivery.Failure);
        await dump.ReachAsync(0, Stop);
        return new ElasticHitIndex(client, options, partitions: 1);
    }
}
