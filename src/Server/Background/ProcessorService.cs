using Footfall.Core.Pipeline;

namespace Footfall.Server.Background;

/// <summary>
/// Runs the processors while the server runs, on threads that leave the machine to the collector: the log is there to take a burst, and what waits
/// in it is worked off when the burst is over. A burst that lasts is none: once the processor is <see cref="YieldsFor"/> behind it takes its share
/// like everybody else, so that no traffic, however long, keeps hits out of the reports for ever.
/// </summary>
sealed partial class ProcessorService(Processors processors, IntakePressure pressure, TimeProvider clock, ILogger<ProcessorService> logger) : BackgroundService
{
    /// <summary>Half a minute: longer than a page that everybody was sent to needs to load, shorter than anybody waits for a number that stands still.</summary>
    static readonly TimeSpan YieldsFor = TimeSpan.FromSeconds(30);

    // One builds the next batch, the other writes the last one.
    const int Threads = 2;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var threads = new YieldingThreads("processor", Threads, () => processors.Behind(clock.GetUtcNow()) < YieldsFor, () => pressure.IsHigh);
        await threads.RunAsync(() => processors.RunAsync(failure => Failed(logger, failure, failure.Message), stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The processor failed and begins again from the warehouse: {Reason}")]
    static partial void Failed(ILogger logger, Exception failure, string reason);
}
