namespace Footfall.Core.Hits.AccessLogs;

/// <summary>
/// One request as a web server wrote it down. The texts point into the line or into the parser's own memory, and hold until the parser
/// reads its next line. Empty means that the log does not say.
/// </summary>
public struct AccessLogEntry
{
    public ReadOnlyMemory<byte> Address { get; set; }

    public ReadOnlyMemory<byte> Method { get; set; }

    /// <summary>What was asked for: a path with its query, or a whole address.</summary>
    public ReadOnlyMemory<byte> Target { get; set; }

    /// <summary>The query, where the log keeps it apart from the path.</summary>
    public ReadOnlyMemory<byte> Query { get; set; }

    /// <summary>The host that was asked, without its port.</summary>
    public ReadOnlyMemory<byte> Host { get; set; }

    public ReadOnlyMemory<byte> Referrer { get; set; }

    public ReadOnlyMemory<byte> UserAgent { get; set; }

    /// <summary>Milliseconds since 1970, UTC.</summary>
    public long Time { get; set; }

    public int Status { get; set; }

    /// <summary>Why the line was not understood, in words for its reader; null when it was.</summary>
    public string? Problem { get; set; }
}
