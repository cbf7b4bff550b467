using System.Globalization;

namespace Footfall.Core.Hits.AccessLogs;

/// <summary>Undoes the percent-encoding that CloudFront puts over its values. Owns the memory of its last answer.</summary>
sealed class PercentDecoder
{
    byte[] _memory = [];

    /// <summary>Takes away the encoding of the percent sign alone: what is left is the address as the visitor sent it.</summary>
    public ReadOnlyMemory<byte> Once(ReadOnlyMemory<byte> text) => Decode(text, percentOnly: true);

    /// <summary>Decodes until plain text is left; agents were encoded twice in older logs.</summary>
    public ReadOnlyMemory<byte> Fully(ReadOnlyMemory<byte> text)
    {
        var once = Decode(text, percentOnly: false);
        return once.Span.IndexOf("%20"u8) < 0 ? once : Decode(once, percentOnly: false);
    }

    ReadOnlyMemory<byte> Decode(ReadOnlyMemory<byte> encoded, bool percentOnly)
    {
        var text = encoded.Span;
        if (!text.Contains((byte)'%'))
            return encoded;
        if (_memory.Length < text.Length)
        {
            // A longer text cannot be this decoder's own last answer, so nothing is lost with the old memory.
            _memory = new byte[Math.Max(text.Length, 512)];
        }
        var length = 0;
        for (var at = 0; at < text.Length; at++)
        {
            var plain = text[at];
            if (plain == '%' && at + 2 < text.Length
                && byte.TryParse(text.Slice(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
                && (!percentOnly || value == '%'))
            {
                plain = value;
                at += 2;
            }
            // Decoding in place is safe: the answer never gets ahead of the text.
            _memory[length++] = plain;
        }
        // Decoding in place has by then overwritten what was there, so even what is no text is the answer; whoever writes it down replaces it.
        return _memory.AsMemory(0, length);
    }
}
