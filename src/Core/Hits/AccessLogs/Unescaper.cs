using System.Globalization;
using System.Text.Unicode;

namespace Footfall.Core.Hits.AccessLogs;

/// <summary>
/// Undoes the escapes of Apache and nginx (<c>\"</c>, <c>\\</c>, <c>\xE4</c>, <c>\t</c>). Text that is not UTF-8 afterwards stays as the web server
/// wrote it down, so that nothing is guessed. Owns the memory of its last answer.
/// </summary>
sealed class Unescaper
{
    byte[] _memory = [];

    public ReadOnlyMemory<byte> Read(ReadOnlyMemory<byte> escaped)
    {
        var text = escaped.Span;
        if (!text.Contains((byte)'\\'))
            return escaped;
        if (_memory.Length < text.Length)
            _memory = new byte[Math.Max(text.Length, 512)];
        var length = 0;
        for (var at = 0; at < text.Length; at++)
            _memory[length++] = text[at] == '\\' ? Escaped(text, ref at) : text[at];
        return Utf8.IsValid(_memory.AsSpan(0, length)) ? _memory.AsMemory(0, length) : escaped;
    }

    static byte Escaped(ReadOnlySpan<byte> text, ref int at)
    {
        if (at + 1 == text.Length)
            return (byte)'\\';
        at++;
        switch (text[at])
        {
            case (byte)'x' when at + 2 < text.Length
                && byte.TryParse(text.Slice(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value):
                at += 2;
                return value;
            case (byte)'t':
                return (byte)'\t';
            case (byte)'n':
                return (byte)'\n';
            case (byte)'r':
                return (byte)'\r';
            default:
                return text[at];
        }
    }
}
