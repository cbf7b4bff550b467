namespace Footfall.Core.Hits;

/// <summary>The hits of one request: one record of the hit log.</summary>
/// <param name="FirstId">UUIDv7 of the first hit; the others' follow from it by their place, see <see cref="IdOf"/>.</param>
/// <param name="ReceivedAt">Milliseconds since 1970, UTC, by the server's clock.</param>
/// <param name="AcceptLanguage">The Accept-Language header, cut to 100 characters.</param>
public sealed record HitBatch(Guid FirstId, long ReceivedAt, string AcceptLanguage, IReadOnlyList<Hit> Hits)
{
    /// <summary>
    /// Whether its hits are to be counted once by their ids, because the batch may have been stored twice: its ids are then UUIDs of version 8,
    /// made of what stays the same when it is stored again.
    /// </summary>
    public bool MayRepeat => FirstId.Version == 8;

    /// <summary>The id of the hit at a place: the first id with the place added to its last 32 bits.</summary>
    public Guid IdOf(int index)
    {
        Span<byte> bytes = stackalloc byte[16];
        FirstId.TryWriteBytes(bytes, bigEndian: true, out _);
        var last = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(bytes[12..], unchecked(last + (uint)index));
        return new Guid(bytes, bigEndian: true);
    }
}
