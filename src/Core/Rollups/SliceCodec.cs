using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Footfall.Core.Rollups;

/// <summary>The bytes of a slice, version 1; the layout is in docs/formats/rollups.md.</summary>
public static class SliceCodec
{
    /// <summary>Part of every <see cref="RolledDay.Basis"/>; a change of the layout changes it.</summary>
    public const byte Version = 1;

    const byte Daily = 1;
    const byte Lasting = 2;
    const byte WithVisitors = 4;

    /// <summary>All distinct visitors of some rows, ascending.</summary>
    public static ulong[] VisitorsOf(DraftSlice slice)
    {
        var all = slice.Rows.SelectMany(row => row.Visitors).Distinct().ToArray();
        Array.Sort(all);
        return all;
    }

    /// <summary>Equal slices are equal bytes, whatever the order of their rows.</summary>
    /// <param name="visitors">What the sets count within, ascending: the visitors of the day as a whole, or of the slice alone.</param>
    /// <param name="holdsVisitors">Whether the slice holds that list; one that does can be read alone.</param>
    public static byte[] Encode(DraftSlice slice, ulong[] visitors, bool holdsVisitors)
    {
        var output = new ArrayBufferWriter<byte>(1024 + (holdsVisitors ? visitors.Length * 8 : 0));
        output.Write([Version, (byte)((slice.HasDaily ? Daily : 0) | (slice.HasLasting ? Lasting : 0) | (holdsVisitors ? WithVisitors : 0))]);
        if (holdsVisitors)
        {
            Varint.Write(output, (ulong)visitors.Length);
            foreach (var visitor in visitors)
                BinaryPrimitives.WriteUInt64LittleEndian(Advanced(output, 8), visitor);
        }
        Varint.Write(output, (ulong)slice.Rows.Count);
        foreach (var row in slice.Rows.OrderBy(row => row.Value, StringComparer.Ordinal))
            WriteRow(output, row, slice.Day, visitors);
        return output.WrittenSpan.ToArray();
    }

    /// <exception cref="FormatException">The bytes are not a slice of this version.</exception>
    public static DaySlice Decode(DateOnly day, ReadOnlyMemory<byte> bytes)
    {
        var span = bytes.Span;
        if (span.Length < 3 || span[0] != Version)
            throw new FormatException($"a slice of a rollup is not of version {Version}");
        var (flags, at) = (span[1], 2);
        var visitors = (flags & WithVisitors) != 0 ? ReadVisitors(span, ref at) : null;
        var count = Length(span, ref at);
        var slice = new DaySlice
        {
            Day = day,
            HasDaily = (flags & Daily) != 0,
            HasLasting = (flags & Lasting) != 0,
            Visitors = visitors,
            Values = new string[count],
            Events = new EventSums[count],
            Started = new VisitSums[count],
            Carried = new CarriedVisits[count][],
            Sets = new VisitorSet[count],
            Size = bytes.Length + (count * 200L) + ((visitors?.Length ?? 0) * 8L),
        };
        for (var row = 0; row < count; row++)
            ReadRow(slice, row, bytes, ref at);
        return slice;
    }

    static void WriteRow(ArrayBufferWriter<byte> output, DraftRow row, DateOnly day, ulong[] visitors)
    {
        var value = Encoding.UTF8.GetBytes(row.Value);
        Varint.Write(output, (ulong)value.Length);
        output.Write(value);
        var sums = row.Events;
        foreach (var sum in (ReadOnlySpan<long>)[
            sums.Events, sums.PageViews, sums.KeyEvents, sums.Purchases, sums.Refunds, sums.EngagementMs, sums.PurchaseMicros, sums.RefundMicros, sums.Items])
            Varint.WriteSigned(output, sum);
        WriteVisits(output, row.Started);
        Varint.Write(output, (ulong)row.Carried.Count);
        foreach (var carried in row.Carried.OrderBy(carried => carried.StartedOn).ThenBy(carried => carried.SeenOn))
        {
            Varint.Write(output, (ulong)(day.DayNumber - carried.StartedOn.DayNumber));
            Varint.Write(output, carried.SeenOn is { } seen ? (ulong)(day.DayNumber - seen.DayNumber) : 0);
            WriteVisits(output, carried.Sums);
        }
        var places = new int[row.Visitors.Count];
        for (var index = 0; index < places.Length; index++)
            places[index] = Array.BinarySearch(visitors, row.Visitors[index]);
        Array.Sort(places);
        var set = VisitorSet.Of(places, visitors.Length);
        output.Write([(byte)set.Kind]);
        Varint.Write(output, (ulong)set.Count);
        Varint.Write(output, (ulong)set.Bytes.Length);
        output.Write(set.Bytes.Span);
    }

    static void WriteVisits(ArrayBufferWriter<byte> output, VisitSums sums)
    {
        foreach (var sum in (ReadOnlySpan<long>)[sums.Visits, sums.Engaged, sums.SinglePage, sums.WithKeyEvent, sums.DurationMicros])
            Varint.WriteSigned(output, sum);
    }

    static void ReadRow(DaySlice slice, int row, ReadOnlyMemory<byte> bytes, ref int at)
    {
        var span = bytes.Span;
        slice.Values[row] = Encoding.UTF8.GetString(Taken(span, Length(span, ref at), ref at));
        slice.Events[row] = new EventSums(
            Varint.ReadSigned(span, ref at), Varint.ReadSigned(span, ref at), Varint.ReadSigned(span, ref at), Varint.ReadSigned(span, ref at),
            Varint.ReadSigned(span, ref at), Varint.ReadSigned(span, ref at), Varint.ReadSigned(span, ref at), Varint.ReadSigned(span, ref at),
            Varint.ReadSigned(span, ref at));
        slice.Started[row] = ReadVisits(span, ref at);
        if (Length(span, ref at) is > 0 and var carried)
            slice.Carried[row] = ReadCarried(slice.Day, carried, span, ref at);
        var kind = (VisitorSetKind)Taken(span, 1, ref at)[0];
        var count = Varint.Read(span, ref at);
        var length = Length(span, ref at);
        // No length: a bit of a set, or the whole list, takes less than a byte for each visitor.
        if (count > (kind == VisitorSetKind.All ? int.MaxValue : (ulong)length * 8))
            throw new FormatException("a slice of a rollup claims more visitors than it has");
        Taken(span, length, ref at);
        slice.Sets[row] = new VisitorSet(kind, (int)count, bytes.Slice(at - length, length));
    }

    static CarriedVisits[] ReadCarried(DateOnly day, int count, ReadOnlySpan<byte> span, ref int at)
    {
        var carried = new CarriedVisits[count];
        for (var index = 0; index < count; index++)
        {
            var startedOn = day.AddDays(-(int)Varint.Read(span, ref at));
            var seen = (int)Varint.Read(span, ref at);
            carried[index] = new CarriedVisits(startedOn, seen == 0 ? null : day.AddDays(-seen), ReadVisits(span, ref at));
        }
        return carried;
    }

    static VisitSums ReadVisits(ReadOnlySpan<byte> span, ref int at) => new(
        Varint.ReadSigned(span, ref at), Varint.ReadSigned(span, ref at), Varint.ReadSigned(span, ref at), Varint.ReadSigned(span, ref at),
        Varint.ReadSigned(span, ref at));

    static ulong[] ReadVisitors(ReadOnlySpan<byte> span, ref int at)
    {
        var count = Length(span, ref at);
        var bytes = Taken(span, checked(count * 8), ref at);
        if (BitConverter.IsLittleEndian)
            return MemoryMarshal.Cast<byte, ulong>(bytes).ToArray();
        var visitors = new ulong[count];
        for (var index = 0; index < count; index++)
            visitors[index] = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(index * 8)..]);
        return visitors;
    }

    /// <summary>A length that the bytes can hold, so that damage costs no memory.</summary>
    static int Length(ReadOnlySpan<byte> span, ref int at)
    {
        var length = Varint.Read(span, ref at);
        return length <= (ulong)span.Length ? (int)length : throw new FormatException("a slice of a rollup claims more than it has bytes");
    }

    static ReadOnlySpan<byte> Taken(ReadOnlySpan<byte> span, int length, ref int at)
    {
        if (length > span.Length - at)
            throw new FormatException("a slice of a rollup ends early");
        at += length;
        return span.Slice(at - length, length);
    }

    static Span<byte> Advanced(ArrayBufferWriter<byte> output, int length)
    {
        var span = output.GetSpan(length)[..length];
        output.Advance(length);
        return span;
    }
}
