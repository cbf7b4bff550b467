using System.Net;
using System.Text;
using System.Text.Unicode;

namespace Footfall.Core.Hits.AccessLogs;

/// <summary>CloudFront's standard logs: tab-separated, with a <c>#Fields:</c> line that names the columns. Its values are percent-encoded.</summary>
public sealed class CloudFrontLogParser : IAccessLogParser
{
    readonly PercentDecoder _target = new();
    readonly PercentDecoder _query = new();
    readonly PercentDecoder _referrer = new();
    readonly PercentDecoder _agent = new();
    CloudFrontField[] _fields = [];

    public LineOutcome Parse(ReadOnlyMemory<byte> line, out AccessLogEntry entry)
    {
        entry = default;
        if (line.Span.Trim((byte)' ').IsEmpty)
            return LineOutcome.Nothing;
        if (line.Span[0] == '#')
        {
            if (line.Span.StartsWith("#Fields:"u8))
                _fields = [.. Encoding.UTF8.GetString(line.Span[8..]).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Select(FieldOf)];
            return LineOutcome.Nothing;
        }
        entry.Problem = _fields.Length == 0 ? "there was no #Fields: line before it" : Read(line, ref entry);
        return entry.Problem is null ? LineOutcome.Request : LineOutcome.Malformed;
    }

    string? Read(ReadOnlyMemory<byte> line, ref AccessLogEntry entry)
    {
        ReadOnlyMemory<byte> date = default, clock = default;
        var column = 0;
        foreach (var range in line.Span.Split((byte)'\t'))
        {
            if (column == _fields.Length)
                break;
            var value = line[range];
            if (!value.Span.SequenceEqual("-"u8))
                Set(_fields[column], value, ref entry, ref date, ref clock);
            column++;
        }
        if (!TryMakeTime(date.Span, clock.Span, out var time))
            return "date and time are missing or wrong";
        entry.Time = time;
        return entry.Status is < 100 or > 999 ? "there is no three-digit status"
            : !IPAddress.IsValidUtf8(entry.Address.Span) ? "c-ip is not an IP address"
            : null;
    }

    void Set(CloudFrontField field, ReadOnlyMemory<byte> value, ref AccessLogEntry entry, ref ReadOnlyMemory<byte> date, ref ReadOnlyMemory<byte> clock)
    {
        switch (field)
        {
            case CloudFrontField.Date: date = value; break;
            case CloudFrontField.Time: clock = value; break;
            case CloudFrontField.Address: entry.Address = value; break;
            case CloudFrontField.Method: entry.Method = value; break;
            case CloudFrontField.Host when Utf8.IsValid(value.Span): entry.Host = HostName.WithoutPort(value); break;
            case CloudFrontField.DistributionHost when entry.Host.IsEmpty && Utf8.IsValid(value.Span): entry.Host = HostName.WithoutPort(value); break;
            case CloudFrontField.Stem: entry.Target = _target.Once(value); break;
            case CloudFrontField.Query: entry.Query = _query.Once(value); break;
            case CloudFrontField.Status: entry.Status = Digits.TryParse(value.Span, out var status) ? status : 0; break;
            case CloudFrontField.Referrer: entry.Referrer = _referrer.Once(value); break;
            case CloudFrontField.UserAgent: entry.UserAgent = _agent.Fully(value); break;
        }
    }

    static CloudFrontField FieldOf(string name) => name switch
    {
        "date" => CloudFrontField.Date,
        "time" => CloudFrontField.Time,
        "c-ip" => CloudFrontField.Address,
        "cs-method" => CloudFrontField.Method,
        "x-host-header" => CloudFrontField.Host,
        "cs(Host)" => CloudFrontField.DistributionHost,
        "cs-uri-stem" => CloudFrontField.Stem,
        "cs-uri-query" => CloudFrontField.Query,
        "sc-status" => CloudFrontField.Status,
        "cs(Referer)" => CloudFrontField.Referrer,
        "cs(User-Agent)" => CloudFrontField.UserAgent,
        _ => CloudFrontField.Other,
    };

    static bool TryMakeTime(ReadOnlySpan<byte> date, ReadOnlySpan<byte> clock, out long milliseconds)
    {
        milliseconds = 0;
        return date.Length == 10 && clock.Length == 8 && date[4] == '-' && date[7] == '-' && clock[2] == ':' && clock[5] == ':'
            && Digits.TryParse(date[..4], out var year) && Digits.TryParse(date.Slice(5, 2), out var month) && Digits.TryParse(date.Slice(8, 2), out var day)
            && Digits.TryParse(clock[..2], out var hour) && Digits.TryParse(clock.Slice(3, 2), out var minute) && Digits.TryParse(clock.Slice(6, 2), out var second)
            && UtcInstant.TryMake(year, month, day, hour, minute, second, out milliseconds);
    }
}
