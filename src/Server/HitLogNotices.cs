namespace Footfall.Server;

/// <summary>What the hit log tells an operator, into the process's own log.</summary>
static partial class HitLogNotices
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Hit log: {Kind}: {Text} ({Bytes} bytes)")]
    public static partial void Tell(ILogger logger, string kind, string text, long bytes);
}
