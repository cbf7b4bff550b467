using System.Buffers;

namespace Footfall.Core.Rollups;

/// <summary>
/// A set of the visitors of a day, by their places in the ascending list of them: the whole list, or the distances from one place to the next, or a
/// bit for each place, whichever is shortest (docs/decisions/0007-rollups-of-days.md). Stays as it was stored; reading it allocates nothing.
/// </summary>
/// <param name="Count">How many there are.</param>
public readonly record struct VisitorSet(VisitorSetKind Kind, int Count, ReadOnlyMemory<byte> Bytes)
{
    /// <param name="places">Ascending, distinct and less than <paramref name="of"/>.</param>
    /// <param name="of">How long the list is.</param>
    public static VisitorSet Of(ReadOnlySpan<int> places, int of)
    {
        if (places.Length == of)
            return new VisitorSet(VisitorSetKind.All, of, default);
        var steps = new ArrayBufferWriter<byte>(places.Length + 8);
        var next = 0;
        foreach (var place in places)
        {
            Varint.Write(steps, (ulong)(place - next));
            next = place + 1;
        }
        var bits = (of + 7) / 8;
        if (steps.WrittenCount <= bits)
            return new VisitorSet(VisitorSetKind.Steps, places.Length, steps.WrittenMemory.ToArray());
        var marked = new byte[bits];
        foreach (var place in places)
            marked[place >> 3] |= (byte)(1 << (place & 7));
        return new VisitorSet(VisitorSetKind.Bits, places.Length, marked);
    }

    /// <summary>
    /// Marks the visitors of the set in <paramref name="marks"/>, which has an element for each visitor's number, with <paramref name="mark"/>.
    /// </summary>
    /// <param name="numbers">The number of the visitor at each place.</param>
    /// <returns>How many had another mark before.</returns>
    public int Mark(ReadOnlySpan<int> numbers, int[] marks, int mark) => Kind switch
    {
        VisitorSetKind.All => MarkAll(numbers[..Count], marks, mark),
        VisitorSetKind.Steps => MarkSteps(numbers, marks, mark),
        _ => MarkBits(numbers, marks, mark),
    };

    static int MarkAll(ReadOnlySpan<int> numbers, int[] marks, int mark)
    {
        var added = 0;
        foreach (var number in numbers)
        {
            if (marks[number] == mark)
                continue;
            marks[number] = mark;
            added++;
        }
        return added;
    }

    int MarkSteps(ReadOnlySpan<int> numbers, int[] marks, int mark)
    {
        var bytes = Bytes.Span;
        var (added, place, at) = (0, -1, 0);
        for (var left = Count; left > 0; left--)
        {
            place += 1 + (int)Varint.Read(bytes, ref at);
            ref var known = ref marks[numbers[place]];
            if (known == mark)
                continue;
            known = mark;
            added++;
        }
        return added;
    }

    int MarkBits(ReadOnlySpan<int> numbers, int[] marks, int mark)
    {
        var bytes = Bytes.Span;
        var added = 0;
        for (var index = 0; index < bytes.Length; index++)
        {
            for (var left = (uint)bytes[index]; left != 0; left &= left - 1)
            {
                ref var known = ref marks[numbers[(index << 3) + System.Numerics.BitOperations.TrailingZeroCount(left)]];
                if (known == mark)
                    continue;
                known = mark;
                added++;
            }
        }
        return added;
    }
}
