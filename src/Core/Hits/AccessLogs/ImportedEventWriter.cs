using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Footfall.Core.Hits.AccessLogs;

/// <summary>Writes logged requests as native events, one JSON object a line.</summary>
public sealed class ImportedEventWriter(string domain) : IDisposable
{
    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    static readonly JsonEncodedText SiteName = JsonEncodedText.Encode("site");
    static readonly JsonEncodedText NameName = JsonEncodedText.Encode("name");
    static readonly JsonEncodedText UrlName = JsonEncodedText.Encode("url");
    static readonly JsonEncodedText ReferrerName = JsonEncodedText.Encode("referrer");
    static readonly JsonEncodedText TimeName = JsonEncodedText.Encode("time");
    static readonly JsonEncodedText AddressName = JsonEncodedText.Encode("address");
    static readonly JsonEncodedText UserAgentName = JsonEncodedText.Encode("user_agent");
    static readonly JsonEncodedText EventIdName = JsonEncodedText.Encode("event_id");

    readonly byte[] _domain = Encoding.UTF8.GetBytes(domain);
    readonly ArrayBufferWriter<byte> _url = new(1024);
    Utf8JsonWriter? _json;

    /// <param name="name">The event's name, such as <c>pageview</c>.</param>
    /// <param name="id">The line's identity.</param>
    public void Write(IBufferWriter<byte> output, in AccessLogEntry entry, string name, UInt128 id)
    {
        if (_json is null)
            _json = new Utf8JsonWriter(output, Options);
        else
            _json.Reset(output);
        _json.WriteStartObject();
        _json.WriteString(SiteName, _domain);
        _json.WriteString(NameName, name);
        WriteText(UrlName, Url(entry));
        WriteText(ReferrerName, entry.Referrer.Span);
        _json.WriteNumber(TimeName, entry.Time);
        WriteText(AddressName, entry.Address.Span);
        WriteText(UserAgentName, entry.UserAgent.Span);
        Span<char> hex = stackalloc char[32];
        id.TryFormat(hex, out _, "x32", CultureInfo.InvariantCulture);
        _json.WriteString(EventIdName, hex);
        _json.WriteEndObject();
        _json.Flush();
        output.Write("\n"u8);
    }

    public void Dispose() => _json?.Dispose();

    ReadOnlySpan<byte> Url(in AccessLogEntry entry)
    {
        var (path, query, host) = LoggedAddress.Split(entry);
        _url.ResetWrittenCount();
        _url.Write("https://"u8);
        _url.Write(host.IsEmpty ? _domain : host.Span);
        _url.Write(path.Span);
        if (!query.IsEmpty)
        {
            _url.Write("?"u8);
            _url.Write(query.Span);
        }
        return _url.WrittenSpan;
    }

    void WriteText(JsonEncodedText name, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
            return;
        if (Utf8.IsValid(text))
            _json!.WriteString(name, text);
        else
            // Bytes that are no text become the replacement character: the event is counted all the same.
            _json!.WriteString(name, Encoding.UTF8.GetString(text));
    }
}
