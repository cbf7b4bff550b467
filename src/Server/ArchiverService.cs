using Footfall.Core.Archive;

namespace Footfall.Server;

/// <summary>Moves hits from the log into the archive while the server runs.</summary>
sealed partial class ArchiverService(Archivers archivers, ILogger<ArchiverService> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.Run(() => archivers.RunAsync(failure => Failed(logger, failure.Message), stoppingToken), CancellationToken.None);

    [LoggerMessage(Level = LogLevel.Error, Message = "Nothing can be archived, and the log keeps its hits until it can: {Reason}")]
    static partial void Failed(ILogger logger, string reason);
}
