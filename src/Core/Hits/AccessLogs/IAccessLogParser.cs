namespace Footfall.Core.Hits.AccessLogs;

/// <summary>Reads the lines of one file in order. Never throws, whatever the bytes. Not thread-safe: a parser owns its working memory.</summary>
public interface IAccessLogParser
{
    /// <param name="line">One line without its line ending; need not be valid UTF-8.</param>
    LineOutcome Parse(ReadOnlyMemory<byte> line, out AccessLogEntry entry);
}
