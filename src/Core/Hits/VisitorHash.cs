using System.Buffers.Binary;
using System.IO.Hashing;
using System.Net;
using System.Text;

namespace Footfall.Core.Hits;

/// <summary>Who sent a hit, as 64 bits. Made once, at the collector, before anything is stored.</summary>
public static class VisitorHash
{
    /// <summary>
    /// The cookieless visitor: a keyed hash of site, whole address and agent under the secret of the site's local day. Once the secret is
    /// destroyed nobody can go back from the hash to the address, nor join two days.
    /// </summary>
    public static ulong Daily(ReadOnlySpan<byte> secret, int site, IPAddress? address, string userAgent)
    {
        var agentBytes = Encoding.UTF8.GetByteCount(userAgent);
        Span<byte> message = agentBytes <= 1024 ? stackalloc byte[21 + agentBytes] : new byte[21 + agentBytes];
        BinaryPrimitives.WriteInt32LittleEndian(message, site);
        var size = 0;
        address?.TryWriteBytes(message[5..], out size);
        message[4] = (byte)size;
        Encoding.UTF8.GetBytes(userAgent, message[(5 + size)..]);
        return SipHash.Of(secret, message[..(5 + size + agentBytes)]);
    }

    /// <summary>The visitor of an id that the client keeps, or of the site's own user id; the two never collide.</summary>
    public static ulong OfId(VisitorIdentity identity, int site, string id) => Of((byte)identity, site, id);

    /// <summary>The hash of a session id that a client sent; never 0, which means none.</summary>
    public static ulong OfSession(int site, string sessionId) => Math.Max(1, Of((byte)'s', site, sessionId));

    static ulong Of(byte kind, int site, string id)
    {
        Span<byte> message = stackalloc byte[5 + (Encoding.UTF8.GetMaxByteCount(Math.Min(id.Length, HitLimits.UserId)))];
        message[0] = kind;
        BinaryPrimitives.WriteInt32LittleEndian(message[1..], site);
        var size = Encoding.UTF8.GetBytes(id.AsSpan(0, Math.Min(id.Length, HitLimits.UserId)), message[5..]);
        return XxHash3.HashToUInt64(message[..(5 + size)]);
    }
}
