namespace Footfall.Core.Hits.AccessLogs;

/// <summary>Finds out how a file is written from its first lines.</summary>
public static class AccessLogDetector
{
    /// <summary>The parser of a format; null for <see cref="AccessLogFormat.Native"/>, whose lines are events and no requests.</summary>
    public static IAccessLogParser? ParserOf(AccessLogFormat format) => format switch
    {
        AccessLogFormat.Combined => new CombinedLogParser(),
        AccessLogFormat.Caddy => new CaddyLogParser(),
        AccessLogFormat.CloudFront => new CloudFrontLogParser(),
        _ => null,
    };

    /// <summary>The format that understands most of the lines, or null when none understands any.</summary>
    public static AccessLogFormat? Detect(IReadOnlyList<ReadOnlyMemory<byte>> lines)
    {
        AccessLogFormat? best = null;
        var most = 0;
        // Native comes last: a Caddy line is a JSON object too, and is Caddy's as long as Caddy's parser finds a request in it.
        foreach (var format in (ReadOnlySpan<AccessLogFormat>)[AccessLogFormat.Combined, AccessLogFormat.CloudFront, AccessLogFormat.Caddy, AccessLogFormat.Native])
        {
            if (format == AccessLogFormat.Native && most > 0)
                break;
            var understood = Understood(format, lines);
            if (understood > most)
                (best, most) = (format, understood);
        }
        return best;
    }

    static int Understood(AccessLogFormat format, IReadOnlyList<ReadOnlyMemory<byte>> lines)
    {
        var parser = ParserOf(format);
        return parser is null
            ? lines.Count(line => NativeEventLine.Read(line.Span).Problem is null)
            : lines.Count(line => parser.Parse(line, out _) == LineOutcome.Request);
    }
}
