using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Footfall.Adapters.Memcached;

/// <summary>
/// Which node a key belongs to: the continuum of libketama, 160 points a node by MD5 of <c>host:port-N</c>, a key belonging to the first point at or
/// after the MD5 of itself. When one of n nodes goes, its keys alone move, to all the others alike; when one comes, about one key in n + 1.
/// </summary>
public sealed class KetamaRing
{
    /// <summary>Of 16 bytes of a hash, four points each.</summary>
    const int HashesPerNode = 40;

    readonly uint[] _points;
    readonly int[] _owners;

    /// <param name="nodes">Their addresses, without repeats; at least one. The order does not matter but for equal points.</param>
    public KetamaRing(IReadOnlyList<string> nodes)
    {
        var points = new List<(uint Point, int Owner)>();
        for (var node = 0; node < nodes.Count; node++)
        {
            for (var hash = 0; hash < HashesPerNode; hash++)
            {
                var bytes = HashOf(string.Create(CultureInfo.InvariantCulture, $"{nodes[node]}-{hash}"));
                for (var place = 0; place < 16; place += 4)
                    points.Add((BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(place)), node));
            }
        }
        points.Sort();
        (_points, _owners) = ([.. points.Select(point => point.Point)], [.. points.Select(point => point.Owner)]);
    }

    /// <summary>The first node at or after a key that may be asked; null when none may.</summary>
    /// <param name="mayBeAsked">Called once for each node at most, in the order in which they follow the key.</param>
    public int? Find(string key, Func<int, bool> mayBeAsked)
    {
        var first = Array.BinarySearch(_points, BinaryPrimitives.ReadUInt32LittleEndian(HashOf(key)));
        var refused = 0UL;
        for (var step = 0; step < _points.Length; step++)
        {
            var owner = _owners[((first < 0 ? ~first : first) + step) % _points.Length];
            if ((refused & (1UL << owner)) != 0)
                continue;
            if (mayBeAsked(owner))
                return owner;
            refused |= 1UL << owner;
        }
        return null;
    }

#pragma warning disable CA5351 // MD5 is what the continuum is defined by; nothing rests on its strength.
    static byte[] HashOf(string text) => MD5.HashData(Encoding.ASCII.GetBytes(text));
#pragma warning restore CA5351
}
