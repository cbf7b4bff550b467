using System.Buffers.Binary;
using System.IO.Hashing;

namespace Footfall.Adapters.EmbeddedLog;

/// <summary>
/// How one record lies in a segment: length, place check, content check, bytes. See docs/formats/hit-log.md. Both checks depend on the
/// segment's salt and the record's offset, so that a block that belongs elsewhere, or bytes that a client made up, never pass for a record.
/// </summary>
static class RecordFrame
{
    public const int HeaderBytes = 16;

    const int LengthAt = 0;
    const int PlaceCheckAt = 4;
    const int ContentCheckAt = 8;

    public static ulong Hash(ReadOnlySpan<byte> record) => XxHash3.HashToUInt64(record);

    /// <summary>Lays down a record whose place is not known yet; <see cref="Seal"/> completes it.</summary>
    public static void Draft(Span<byte> frame, ReadOnlySpan<byte> record, ulong hash)
    {
        BinaryPrimitives.WriteInt32LittleEndian(frame[LengthAt..], record.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(frame[ContentCheckAt..], hash);
        record.CopyTo(frame[HeaderBytes..]);
    }

    /// <summary>Binds a draft to its place.</summary>
    /// <returns>How long the whole frame is.</returns>
    public static int Seal(Span<byte> frame, ulong salt, long offset)
    {
        int length = BinaryPrimitives.ReadInt32LittleEndian(frame[LengthAt..]);
        ulong hash = BinaryPrimitives.ReadUInt64LittleEndian(frame[ContentCheckAt..]);
        ulong place = Place(salt, offset, length);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[PlaceCheckAt..], (uint)(place >> 32));
        BinaryPrimitives.WriteUInt64LittleEndian(frame[ContentCheckAt..], Mix(place ^ hash));
        return HeaderBytes + length;
    }

    /// <summary>Never throws: false where no frame of this segment begins at the offset.</summary>
    public static bool TryReadLength(ReadOnlySpan<byte> header, ulong salt, long offset, out int length)
    {
        length = BinaryPrimitives.ReadInt32LittleEndian(header[LengthAt..]);
        return length is >= 0 and <= Core.HitLog.IHitLog.RecordBytesMax
            && BinaryPrimitives.ReadUInt32LittleEndian(header[PlaceCheckAt..]) == (uint)(Place(salt, offset, length) >> 32);
    }

    /// <summary>Whether a frame whose length was read holds the bytes that were appended.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> frame, ulong salt, long offset) =>
        BinaryPrimitives.ReadUInt64LittleEndian(frame[ContentCheckAt..])
        == Mix(Place(salt, offset, frame.Length - HeaderBytes) ^ Hash(frame[HeaderBytes..]));

    static ulong Place(ulong salt, long offset, int length) => Mix(Mix(salt + (ulong)offset) ^ (uint)length);

    // MurmurHash3's finalizer: one-to-one, and every bit of the result depends on every bit of the argument.
    static ulong Mix(ulong value)
    {
        value ^= value >> 33;
        value *= 0xFF51AFD7ED558CCD;
        value ^= value >> 33;
        value *= 0xC4CEB9FE1A85EC53;
        return value ^ (value >> 33);
    }
}
