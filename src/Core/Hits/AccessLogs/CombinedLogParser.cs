using System.Net;
using System.Text.Unicode;

namespace Footfall.Core.Hits.AccessLogs;

/// <summary>
/// Apache's and nginx's common and combined formats: <c>[vhost[:port]] address ident user [time] "request" status bytes ["referrer" "agent" …]</c>.
/// What follows the agent is read over.
/// </summary>
public sealed class CombinedLogParser : IAccessLogParser
{
    // One for each field that may hold escapes, so that their spans do not overwrite each other.
    readonly Unescaper _target = new();
    readonly Unescaper _referrer = new();
    readonly Unescaper _agent = new();

    public LineOutcome Parse(ReadOnlyMemory<byte> line, out AccessLogEntry entry)
    {
        entry = default;
        if (line.Span.Trim((byte)' ').IsEmpty)
            return LineOutcome.Nothing;
        entry.Problem = Read(line, ref entry);
        return entry.Problem is null ? LineOutcome.Request : LineOutcome.Malformed;
    }

    string? Read(ReadOnlyMemory<byte> line, ref AccessLogEntry entry)
    {
        if (!TryFindTime(line.Span, out var bracket, out var time))
            return "there is no time such as [17/May/2015:10:05:03 +0000]";
        entry.Time = time;
        if (!TryReadClient(line[..bracket], ref entry))
            return "it does not begin with the client's IP address";
        var rest = line[(bracket + ClfTime.Length + 2)..];
        if (!TryTakeQuoted(ref rest, out var request))
            return "there is no request in quotes";
        if (!TryTakeWord(ref rest, out var status) || status.Length != 3 || !Digits.TryParse(status.Span, out var code))
            return "there is no three-digit status after the request";
        entry.Status = code;
        ReadRequest(request, ref entry);
        // The size of the answer says nothing about who came.
        _ = TryTakeWord(ref rest, out _);
        if (TryTakeQuoted(ref rest, out var referrer))
            entry.Referrer = _referrer.Read(Given(referrer));
        if (TryTakeQuoted(ref rest, out var agent))
            entry.UserAgent = _agent.Read(Given(agent));
        return null;
    }

    /// <summary>The user may hold blanks and brackets, so the time is the first bracket that holds one.</summary>
    static bool TryFindTime(ReadOnlySpan<byte> line, out int bracket, out long time)
    {
        bracket = -1;
        for (var from = 0; ; from = bracket + 1)
        {
            var found = line[from..].IndexOf((byte)'[');
            if (found < 0)
                break;
            bracket = from + found;
            var rest = line[(bracket + 1)..];
            if (rest.Length > ClfTime.Length && rest[ClfTime.Length] == ']' && ClfTime.TryParse(rest[..ClfTime.Length], out time))
                return true;
        }
        time = 0;
        return false;
    }

    static bool TryReadClient(ReadOnlyMemory<byte> head, ref AccessLogEntry entry)
    {
        if (!TryTakeWord(ref head, out var first))
            return false;
        if (IPAddress.IsValidUtf8(first.Span))
        {
            entry.Address = first;
            return true;
        }
        if (!TryTakeWord(ref head, out var second) || !IPAddress.IsValidUtf8(second.Span) || !Utf8.IsValid(first.Span))
            return false;
        entry.Host = HostName.WithoutPort(first);
        entry.Address = second;
        return true;
    }

    void ReadRequest(ReadOnlyMemory<byte> request, ref AccessLogEntry entry)
    {
        if (!TryTakeWord(ref request, out var method))
            return;
        // Old clients send blanks in the path, so the protocol is what follows the last one.
        var protocol = request.Span.LastIndexOf(" HTTP/"u8);
        var target = (protocol < 0 ? request : request[..protocol]).Trim((byte)' ');
        entry.Method = method;
        entry.Target = _target.Read(target);
    }

    static ReadOnlyMemory<byte> Given(ReadOnlyMemory<byte> field) => field.Span.SequenceEqual("-"u8) ? default : field;

    static bool TryTakeWord(ref ReadOnlyMemory<byte> rest, out ReadOnlyMemory<byte> word)
    {
        rest = rest.TrimStart((byte)' ');
        var end = rest.Span.IndexOf((byte)' ');
        word = end < 0 ? rest : rest[..end];
        rest = rest[word.Length..];
        return !word.IsEmpty;
    }

    static bool TryTakeQuoted(ref ReadOnlyMemory<byte> rest, out ReadOnlyMemory<byte> text)
    {
        rest = rest.TrimStart((byte)' ');
        text = default;
        var bytes = rest.Span;
        if (bytes.IsEmpty || bytes[0] != '"')
            return false;
        for (var at = 1; at < bytes.Length; at++)
        {
            var next = bytes[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (next < 0)
                return false;
            at += next;
            if (bytes[at] == '"')
            {
                text = rest[1..at];
                rest = rest[(at + 1)..];
                return true;
            }
            // What a backslash protects is skipped by the loop's own step.
            at++;
        }
        return false;
    }
}
