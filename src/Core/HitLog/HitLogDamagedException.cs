namespace Footfall.Core.HitLog;

/// <summary>A record that was durable once fails its checksum. The reader decides what to do; the log never skips it silently.</summary>
public sealed class HitLogDamagedException(LogPosition position, LogPosition next, string message) : Exception(message)
{
    public LogPosition Position { get; } = position;

    /// <summary>The next position at which a whole record begins.</summary>
    public LogPosition Next { get; } = next;
}
