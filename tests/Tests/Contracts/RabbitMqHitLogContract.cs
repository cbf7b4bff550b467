using Footfall.Adapters.RabbitMq;
using Footfall.Core.HitLog;
using Footfall.Tests.Adapters.RabbitMq;

namespace Footfall.Tests.Contracts;

/// <summary>
/// Against a real broker. The suite asks for the position of what was appended, which a broker tells only to those who read: each log is asked
/// for its end first, as every process that reads does.
/// </summary>
[Collection(SharedBroker.Collection)]
[Trait("speed", "slow")]
public sealed class RabbitMqHitLogContract(SharedBroker broker) : HitLogContract
{
    protected override async Task<IHitLog> OpenAsync()
    {
        var log = await RabbitMqHitLog.OpenAsync(
            new RabbitMqHitLogOptions { Nodes = broker.Nodes, Prefix = SharedBroker.NewPrefix(), Partitions = 1, Replicas = 1 }, Stop);
        log.End(0);
        return log;
    }
}
