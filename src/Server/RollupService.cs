using Footfall.Core.Pipeline;

namespace Footfall.Server;

/// <summary>Makes rollups while the server runs, told by the processors which sites to look at.</summary>
sealed partial class RollupService(RollupMaker maker, Processors processors, CommitWatch watch, ILogger<RollupService> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        processors.Committed += maker.Committed;
        watch.Touched += maker.Touched;
        try
        {
            await Task.Run(() => maker.RunAsync(failure => Failed(logger, failure, failure.Message), stoppingToken), CancellationToken.None);
        }
        finally
        {
            watch.Touched -= maker.Touched;
            processors.Committed -= maker.Committed;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Rollups of a site could not be made and will be tried again: {Reason}")]
    static partial void Failed(ILogger logger, Exception failure, string reason);
}
