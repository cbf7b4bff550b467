using System.Numerics;

namespace Footfall.Core.Rollups;

/// <summary>
/// Gives each visitor of a site a small number, so that sets of different days can be united by marking an array. The numbers live in one process's
/// memory and are stored nowhere. A visitor is a keyed hash already, so its low bits are as good as any other's. Not thread-safe.
/// </summary>
public sealed class VisitorNumbers
{
    ulong[] _visitors = new ulong[1024];
    int[] _numbers = new int[1024];

    /// <summary>How many numbers are given; they are 0, 1, 2 ….</summary>
    public int Count { get; private set; }

    public long Size => _visitors.Length * 12L;

    public int[] Of(ReadOnlySpan<ulong> visitors)
    {
        var numbers = new int[visitors.Length];
        for (var index = 0; index < visitors.Length; index++)
            numbers[index] = Of(visitors[index]);
        return numbers;
    }

    int Of(ulong visitor)
    {
        if (Count * 2 >= _visitors.Length)
            Grow();
        var slot = SlotOf(visitor);
        // A slot holds the number and one more, so that an empty slot is a zero.
        if (_numbers[slot] != 0)
            return _numbers[slot] - 1;
        (_visitors[slot], _numbers[slot]) = (visitor, ++Count);
        return Count - 1;
    }

    int SlotOf(ulong visitor)
    {
        var mask = _visitors.Length - 1;
        var slot = (int)((visitor * 0x9E3779B97F4A7C15) >> (64 - BitOperations.Log2((uint)_visitors.Length)));
        while (_numbers[slot] != 0 && _visitors[slot] != visitor)
            slot = (slot + 1) & mask;
        return slot;
    }

    void Grow()
    {
        var (visitors, numbers) = (_visitors, _numbers);
        (_visitors, _numbers) = (new ulong[visitors.Length * 2], new int[visitors.Length * 2]);
        for (var index = 0; index < visitors.Length; index++)
        {
            if (numbers[index] == 0)
                continue;
            var slot = SlotOf(visitors[index]);
            (_visitors[slot], _numbers[slot]) = (visitors[index], numbers[index]);
        }
    }
}
