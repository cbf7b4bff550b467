using System.Text;

namespace Footfall.Core.Archive;

/// <summary>
/// A payload without its values: JSON with a mark where each value stood. Senders of a kind make few shapes, and the values of one key are alike.
/// This is no parser: whatever it takes apart comes together again byte for byte, and what it does not understand stays whole.
/// </summary>
static class PayloadShape
{
    /// <summary>A control character cannot stand in JSON unescaped, so no payload that is split holds one of its own.</summary>
    const byte Mark = 1;

    /// <summary>Whether a payload could be split; if not, what was written to the shape means nothing.</summary>
    public static bool TrySplit(ReadOnlyMemory<byte> payload, ColumnWriter shape, List<ReadOnlyMemory<byte>> values)
    {
        var json = payload.Span;
        for (var at = 0; at < json.Length;)
        {
            if (json[at] is < 0x20 and not ((byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r'))
                return false;
            if (IsPlain(json[at]))
            {
                shape.Byte(json[at++]);
                continue;
            }
            var isText = json[at] == '"';
            var end = isText ? EndOfText(json, at + 1) : EndOfToken(json, at);
            if (end < 0)
                return false;
            if (isText && IsKey(json, end + 1))
            {
                shape.Bytes(json[at..(end + 1)]);
            }
            else
            {
                values.Add(isText ? payload[(at + 1)..end] : payload[at..end]);
                shape.Bytes(isText ? [(byte)'"', Mark, (byte)'"'] : [Mark]);
            }
            at = isText ? end + 1 : end;
        }
        return true;
    }

    /// <summary>The key of each value of a shape, in order.</summary>
    public static List<string> KeysOf(ReadOnlySpan<byte> shape)
    {
        var keys = new List<string>();
        var key = "";
        for (var at = 0; at < shape.Length; at++)
        {
            if (shape[at] == Mark)
            {
                keys.Add(key);
            }
            else if (shape[at] == '"' && at + 1 < shape.Length && shape[at + 1] != Mark)
            {
                var end = EndOfText(shape, at + 1);
                if (end < 0)
                    break;
                key = Encoding.Latin1.GetString(shape[(at + 1)..end]);
                at = end;
            }
            else if (shape[at] == '"')
            {
                keys.Add(key);
                at += 2;
            }
        }
        return keys;
    }

    /// <exception cref="FormatException">The shape has more marks than there are values.</exception>
    public static void Join(ReadOnlySpan<byte> shape, List<ReadOnlyMemory<byte>> values, ColumnWriter payload)
    {
        var number = 0;
        for (var mark = shape.IndexOf(Mark); mark >= 0; mark = shape.IndexOf(Mark))
        {
            if (number == values.Count)
                throw new FormatException("a shape has values without keys");
            payload.Bytes(shape[..mark]);
            payload.Bytes(values[number++].Span);
            shape = shape[(mark + 1)..];
        }
        payload.Bytes(shape);
    }

    static bool IsPlain(byte part) => part is (byte)'{' or (byte)'}' or (byte)'[' or (byte)']' or (byte)',' or (byte)':' || IsSpace(part);

    static bool IsSpace(byte part) => part is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r';

    static bool IsKey(ReadOnlySpan<byte> json, int at)
    {
        while (at < json.Length && IsSpace(json[at]))
            at++;
        return at < json.Length && json[at] == ':';
    }

    /// <summary>Where the closing quote stands; -1 when there is none or the text is none.</summary>
    static int EndOfText(ReadOnlySpan<byte> json, int at)
    {
        for (; at < json.Length && json[at] >= 0x20; at++)
        {
            if (json[at] == '"')
                return at;
            if (json[at] == '\\' && ++at < json.Length && json[at] < 0x20)
                return -1;
        }
        return -1;
    }

    static int EndOfToken(ReadOnlySpan<byte> json, int at)
    {
        while (at < json.Length && json[at] > 0x20 && json[at] != '"' && !IsPlain(json[at]))
            at++;
        return at;
    }
}
