using System.Buffers.Binary;
using System.IO.Hashing;

namespace Footfall.Core.Archive;

/// <summary>
/// The visitors of a block as a Bloom filter of ten bits each: who is not in it is not in the block, and one in a hundred others seems to be.
/// So a visitor is found in, and erased from, years of hits without reading them all.
/// </summary>
public sealed class VisitorFilter
{
    const int BitsEach = 10;
    const int Probes = 7;

    readonly byte[] _bits;

    VisitorFilter(byte[] bits) => _bits = bits;

    /// <summary>Says of everybody that they may be there.</summary>
    public static VisitorFilter Everyone { get; } = new([0xFF]);

    public ReadOnlyMemory<byte> Bytes => _bits;

    public static VisitorFilter Of(IReadOnlyCollection<(int Site, ulong Visitor)> visitors)
    {
        var filter = new VisitorFilter(new byte[Math.Max(1, ((visitors.Count * BitsEach) + 7) / 8)]);
        foreach (var (site, visitor) in visitors)
        {
            foreach (var bit in filter.BitsOf(site, visitor))
                filter._bits[bit >> 3] |= (byte)(1 << (bit & 7));
        }
        return filter;
    }

    /// <summary>A filter as it was stored.</summary>
    public static VisitorFilter Read(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? Everyone : new VisitorFilter(bytes.ToArray());

    public bool MayContain(int site, ulong visitor)
    {
        foreach (var bit in BitsOf(site, visitor))
        {
            if ((_bits[bit >> 3] & (1 << (bit & 7))) == 0)
                return false;
        }
        return true;
    }

    int[] BitsOf(int site, ulong visitor)
    {
        Span<byte> key = stackalloc byte[12];
        BinaryPrimitives.WriteInt32LittleEndian(key, site);
        BinaryPrimitives.WriteUInt64LittleEndian(key[4..], visitor);
        var hash = XxHash3.HashToUInt64(key);
        var (one, step) = ((uint)hash, (uint)(hash >> 32) | 1);
        var bits = new int[Probes];
        for (var probe = 0; probe < Probes; probe++)
            bits[probe] = (int)((one + ((ulong)step * (uint)probe)) % ((ulong)_bits.Length * 8));
        return bits;
    }
}
