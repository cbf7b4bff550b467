using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Footfall.Server.Collect;

/// <summary>
/// Makes hit ids: UUIDs of version 7 (RFC 9562), 48 bits of milliseconds and 74 random ones. The framework's own maker asks the kernel for each;
/// here a thread asks for a hundred at once, because on the path of a hit that call costs more than reading its JSON.
/// </summary>
public static class HitIds
{
    const int RandomBytes = 10;

    [ThreadStatic]
    static byte[]? t_random;

    [ThreadStatic]
    static int t_used;

    /// <summary>An id that no other call has given, in any process.</summary>
    /// <param name="time">Its first 48 bits, in milliseconds since 1970.</param>
    public static Guid Next(DateTimeOffset time)
    {
        var random = t_random ??= new byte[RandomBytes * 100];
        if (t_used == 0)
            RandomNumberGenerator.Fill(random);
        Span<byte> id = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(id, time.ToUnixTimeMilliseconds() << 16);
        random.AsSpan(t_used, RandomBytes).CopyTo(id[6..]);
        t_used = (t_used + RandomBytes) % random.Length;
        id[6] = (byte)((id[6] & 0x0F) | 0x70);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
