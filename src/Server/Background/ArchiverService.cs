using Footfall.Core.Archive;

namespace Footfall.Server.Background;

/// <summary>
/// Moves hits from the log into the archive while the server runs, on a thread that leaves the machine to the collector: the log has the hits until
/// then. Once so much of it waits that the disk would feel it, the archiver takes its share like everybody else.
/// </summary>
sealed partial class ArchiverService(Archivers archivers, ArchiverOptions options, IntakePressure pressure, ILogger<ArchiverService> logger) : BackgroundService
{
    /// <summary>Segments of the largest size whose hits may wait in the log.</summary>
    const int SegmentsBehind = 4;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var threads = new YieldingThreads("archiver", 1, () => archivers.Lag < SegmentsBehind * options.SegmentBytes, () => pressure.IsHigh);
        await threads.RunAsync(() => archivers.RunAsync(failure => Failed(logger, failure.Message), stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Nothing can be archived, and the log keeps its hits until it can: {Reason}")]
    static partial void Failed(ILogger logger, string reason);
}
