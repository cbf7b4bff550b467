using Footfall.Core.Rollups;

namespace Footfall.Tests.Rollups;

public sealed class SliceCodecTests
{
    static readonly DateOnly Day = new(2026, 3, 4);

    [Fact]
    public void A_slice_is_read_as_it_was_written()
    {
        var random = new Random(1);
        for (var turn = 0; turn < 200; turn++)
        {
            var drawn = RandomSlice(random, visitors: random.Next(1, 400), values: random.Next(0, 30));
            var slice = drawn with { Rows = [.. drawn.Rows.OrderBy(row => row.Value, StringComparer.Ordinal)] };
            var visitors = SliceCodec.VisitorsOf(slice);
            var read = SliceCodec.Decode(Day, SliceCodec.Encode(slice, visitors, holdsVisitors: true));
            Assert.Equal((slice.HasDaily, slice.HasLasting), (read.HasDaily, read.HasLasting));
            Assert.Equal(visitors, read.Visitors);
            Assert.Equal(slice.Rows.Select(row => row.Value), read.Values);
            Assert.Equal(slice.Rows.Select(row => row.Events), read.Events);
            Assert.Equal(slice.Rows.Select(row => row.Started), read.Started);
            for (var row = 0; row < slice.Rows.Count; row++)
            {
                Assert.Equal(slice.Rows[row].Carried.OrderBy(carried => carried.StartedOn).ThenBy(carried => carried.SeenOn), read.Carried[row] ?? []);
                Assert.Equal(slice.Rows[row].Visitors.Order(), VisitorsIn(read.Sets[row], visitors));
            }
        }
    }

    [Fact]
    public void A_slice_of_more_visitors_than_bytes_is_read_as_it_was_written()
    {
        ulong[] visitors = [.. Enumerable.Range(1, 20_000).Select(number => (ulong)number)];
        ulong[][] sets = [visitors, [.. visitors.Where(visitor => visitor % 3 != 0)], [7]];
        var rows = sets.Select((set, index) => new DraftRow(FormattableString.Invariant($"value {index}"), default, default, [], set)).ToList();
        var bytes = SliceCodec.Encode(new DraftSlice("source", Day, rows, HasDaily: true, HasLasting: false), visitors, holdsVisitors: false);
        Assert.True(bytes.Length < 5_000);
        var read = SliceCodec.Decode(Day, bytes);
        Assert.Equal([VisitorSetKind.All, VisitorSetKind.Bits, VisitorSetKind.Steps], read.Sets.Select(set => set.Kind));
        for (var row = 0; row < sets.Length; row++)
            Assert.Equal(sets[row], VisitorsIn(read.Sets[row], visitors));
    }

    [Fact]
    public void A_set_takes_the_shortest_of_its_forms()
    {
        int[] some = [.. Enumerable.Range(0, 1000).Where(place => place % 100 == 0)];
        int[] many = [.. Enumerable.Range(0, 1000).Where(place => place % 3 != 0)];
        Assert.Equal((VisitorSetKind.Steps, 10), Form(VisitorSet.Of(some, 1000)));
        Assert.Equal((VisitorSetKind.Bits, 125), Form(VisitorSet.Of(many, 1000)));
        Assert.Equal((VisitorSetKind.All, 0), Form(VisitorSet.Of([.. Enumerable.Range(0, 1000)], 1000)));

        static (VisitorSetKind, int) Form(VisitorSet set) => (set.Kind, set.Bytes.Length);
    }

    [Fact]
    public void Marking_counts_each_visitor_once_whatever_the_forms_of_the_sets()
    {
        var random = new Random(2);
        for (var turn = 0; turn < 200; turn++)
        {
            // The same hundred people on several days, each of which has a list of its own.
            var marks = new int[100];
            var everybody = new HashSet<int>();
            var counted = 0;
            for (var day = 0; day < 5; day++)
            {
                int[] people = [.. Enumerable.Range(0, 100).Where(_ => random.Next(3) > 0).OrderBy(_ => random.Next())];
                var share = random.Next(1, 20);
                int[] places = [.. Enumerable.Range(0, people.Length).Where(_ => random.Next(share) == 0)];
                counted += VisitorSet.Of(places, people.Length).Mark(people, marks, mark: 7);
                everybody.UnionWith(places.Select(place => people[place]));
            }
            Assert.Equal(everybody.Count, counted);
        }
    }

    [Fact]
    public void Damaged_bytes_are_refused_and_cost_no_memory()
    {
        var random = new Random(3);
        var slice = RandomSlice(random, visitors: 50, values: 10);
        var bytes = SliceCodec.Encode(slice, SliceCodec.VisitorsOf(slice), holdsVisitors: true);
        for (var length = 0; length < bytes.Length; length++)
            Assert.Throws<FormatException>(() => SliceCodec.Decode(Day, bytes.AsMemory(0, length)));
    }

    [Fact]
    public void Numbers_are_given_once_however_many_there_are()
    {
        var random = new Random(4);
        var visitors = Enumerable.Range(0, 5000).Select(_ => (ulong)random.NextInt64()).Append(0UL).Append(ulong.MaxValue).Distinct().ToArray();
        var numbers = new VisitorNumbers();
        var first = numbers.Of(visitors);
        Assert.Equal(Enumerable.Range(0, visitors.Length), first);
        Assert.Equal(first, numbers.Of(visitors));
        Assert.Equal(visitors.Length, numbers.Count);
    }

    static IEnumerable<ulong> VisitorsIn(VisitorSet set, ulong[] visitors)
    {
        var marks = new int[visitors.Length];
        Assert.Equal(set.Count, set.Mark([.. Enumerable.Range(0, visitors.Length)], marks, mark: 1));
        return visitors.Where((_, place) => marks[place] == 1);
    }

    static DraftSlice RandomSlice(Random random, int visitors, int values)
    {
        var people = Enumerable.Range(0, visitors).Select(_ => (ulong)random.NextInt64(long.MinValue, long.MaxValue)).Distinct().ToList();
        var rows = Enumerable.Range(0, values).Select(value =>
        {
            var share = random.Next(1, 40);
            return new DraftRow(
                "value " + value + (char)random.Next(0x4E00, 0x9000),
                new EventSums(Sum(), Sum(), Sum(), Sum(), Sum(), Sum(), Sum(), -Sum(), Sum()),
                Visits(),
                [.. Enumerable.Range(0, random.Next(3)).Select(back => new CarriedVisits(Day.AddDays(-1 - back), back == 0 ? null : Day.AddDays(-back), Visits()))],
                [.. people.Where(_ => random.Next(share) == 0)]);
        });
        return new DraftSlice("page", Day, [.. rows], random.Next(2) == 0, random.Next(2) == 0);

        long Sum() => random.Next(4) == 0 ? random.NextInt64() : random.Next(100);

        VisitSums Visits() => new(Sum(), Sum(), Sum(), Sum(), Sum());
    }
}
