using System.Buffers;
using System.Globalization;
using Footfall.Core.Enrichment;
using Footfall.Core.Hits.AccessLogs;
using Footfall.Server.Cli.Wire;

namespace Footfall.Server.Cli.Import;

/// <summary>Makes an event of a line, or counts why not.</summary>
sealed class LineImporter(SiteAnswer site, AccessLogFormat format, ImportTally tally) : IDisposable
{
    readonly IAccessLogParser? _parser = AccessLogDetector.ParserOf(format);
    readonly ImportRules _rules = new(site.Domains);
    readonly LineIdentity _identity = new();
    readonly ImportedEventWriter _writer = new(site.Domains[0]);

    /// <summary>Why the line could not be understood; null when it could.</summary>
    /// <param name="line">Without its ending.</param>
    /// <param name="begin">Called when there is an event to write; null when the event is at the server already and is only counted.</param>
    public string? Import(ReadOnlyMemory<byte> line, Func<IBufferWriter<byte>>? begin) =>
        _parser is null ? ImportNative(line, begin) : ImportRequest(line, begin);

    public void Dispose() => _writer.Dispose();

    string? ImportRequest(ReadOnlyMemory<byte> line, Func<IBufferWriter<byte>>? begin)
    {
        switch (_parser!.Parse(line, out var entry))
        {
            case LineOutcome.Nothing:
                return null;
            case LineOutcome.Malformed:
                return entry.Problem;
            default:
                var verdict = _rules.Judge(entry);
                tally.Add(verdict);
                if (verdict > ImportVerdict.Download)
                    return null;
                tally.AddTime(entry.Time);
                // The identity counts every line, sent or not, or a resumed import would number repeated lines otherwise.
                var id = _identity.Next(line.Span);
                if (begin is not null)
                    _writer.Write(begin(), entry, verdict == ImportVerdict.PageView ? EventNames.PageView : EventNames.Download, id);
                return null;
        }
    }

    string? ImportNative(ReadOnlyMemory<byte> line, Func<IBufferWriter<byte>>? begin)
    {
        if (line.Span.Trim((byte)' ').IsEmpty)
            return null;
        var read = NativeEventLine.Read(line.Span);
        if (read.Problem is not null)
            return read.Problem;
        if (read.Site is not null && !IsThisSite(read.Site))
        {
            tally.OtherSite++;
            return null;
        }
        if (read.IsPageView)
            tally.Add(ImportVerdict.PageView);
        else
            tally.OtherEvents++;
        tally.AddTime(read.Time);
        var id = _identity.Next(line.Span);
        if (begin is not null)
            read.Write(begin(), line.Span, site.Domains[0], id);
        return null;
    }

    bool IsThisSite(string name) =>
        site.Domains.Contains(name, StringComparer.OrdinalIgnoreCase) || name == site.Id.ToString(CultureInfo.InvariantCulture);
}
