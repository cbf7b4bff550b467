using System.Buffers.Text;

namespace Footfall.Bench.Load;

/// <summary>As much of HTTP/1.1 as it takes to know that an answer is whole.</summary>
static class Response
{
    const int StatusAt = 9;

    /// <summary>The status of a whole answer, or 0 when some of it is yet to come.</summary>
    public static int StatusOf(ReadOnlySpan<byte> received)
    {
        var head = received.IndexOf("\r\n\r\n"u8);
        if (head < 0)
            return 0;
        var status = ((received[StatusAt] - '0') * 100) + ((received[StatusAt + 1] - '0') * 10) + received[StatusAt + 2] - '0';
        return received.Length >= head + 4 + BodyLength(received[..head], status) ? status : 0;
    }

    static int BodyLength(ReadOnlySpan<byte> head, int status)
    {
        if (status is 204 or 304)
            return 0;
        // Servers write it the first way, HAProxy the second.
        var at = head.IndexOf("\r\nContent-Length: "u8);
        if (at < 0)
            at = head.IndexOf("\r\ncontent-length: "u8);
        if (at < 0)
            throw new InvalidDataException("An answer without Content-Length is more than this driver reads:\n" + System.Text.Encoding.UTF8.GetString(head));
        return Utf8Parser.TryParse(head[(at + 18)..], out int length, out _) ? length : throw new InvalidDataException("A Content-Length is no number.");
    }
}
