using Footfall.Core.Pipeline;

namespace Footfall.Server;

/// <summary>Runs the processor while the server runs.</summary>
sealed partial class ProcessorService(Processor processor, ILogger<ProcessorService> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.Run(() => processor.RunAsync(failure => Failed(logger, failure, failure.Message), stoppingToken), CancellationToken.None);

    [LoggerMessage(Level = LogLevel.Error, Message = "The processor failed and begins again from the warehouse: {Reason}")]
    static partial void Failed(ILogger logger, Exception failure, string reason);
}
