using System.Buffers.Binary;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;

namespace Footfall.Server.Collect;

/// <summary>
/// Makes hit ids: UUIDs of version 7 (RFC 9562), 48 bits of milliseconds and 74 random ones. The framework's own maker asks the kernel for each;
/// here a thread asks for a hundred at once, because on the path of a hit that call costs more than reading its JSON.
/// </summary>
public static class HitIds
{
    const int RandomBytes = 10;

    const int Ordered = 0x70;
    const int Repeatable = 0x80;

    [ThreadStatic]
    static byte[]? t_random;

    [ThreadStatic]
    static int t_used;

    /// <summary>An id that no other call has given, in any process.</summary>
    /// <param name="time">Its first 48 bits, in milliseconds since 1970.</param>
    public static Guid Next(DateTimeOffset time) => Next(time, Ordered);

    /// <summary>The same, of version 8, for hits that the log may come to hold twice although they were accepted once.</summary>
    public static Guid NextRepeatable(DateTimeOffset time) => Next(time, Repeatable);

    /// <summary>An id of version 8 for what a request brings to a partition: the same whenever the balancer sends the request again, to any process.</summary>
    /// <param name="request">The id that the balancer gave the request.</param>
    public static Guid Of(string request, int partition)
    {
        Span<byte> id = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(id, XxHash128.HashToUInt128(Encoding.UTF8.GetBytes(request), partition));
        return Marked(id, Repeatable);
    }

    static Guid Next(DateTimeOffset time, int version)
    {
        var random = t_random ??= new byte[RandomBytes * 100];
        if (t_used == 0)
            RandomNumberGenerator.Fill(random);
        Span<byte> id = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(id, time.ToUnixTimeMilliseconds() << 16);
        random.AsSpan(t_used, RandomBytes).CopyTo(id[6..]);
        t_used = (t_used + RandomBytes) % random.Length;
        return Marked(id, version);
    }

    static Guid Marked(Span<byte> id, int version)
    {
        id[6] = (byte)((id[6] & 0x0F) | version);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
