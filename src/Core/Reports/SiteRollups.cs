using Footfall.Core.Rollups;

namespace Footfall.Core.Reports;

/// <summary>One site's part of <see cref="RollupMemory"/>, which lets one question in at a time. What it hands out does not change.</summary>
sealed class SiteRollups(int site, long generation, IRollupStore store)
{
    readonly VisitorNumbers _numbers = new();
    readonly Dictionary<string, DimensionRollups> _dimensions = new(StringComparer.Ordinal);

    public long Generation { get; } = generation;

    /// <summary>Written under the lock of the memory.</summary>
    public long LastUse { get; set; }

    /// <summary>Bytes that are taken, about; as of the last loading.</summary>
    public long Size { get; private set; }

    /// <param name="dimension">Null for the days as wholes.</param>
    /// <returns>Null when a day's rollup is not there any more.</returns>
    public async ValueTask<LoadedRollups?> LoadAsync(
        string? dimension, IReadOnlyList<RolledDay> closed, IReadOnlyList<DraftSlice> open, CancellationToken cancellation)
    {
        var wholes = await DaysAsync(RollupDimensions.Whole, closed, open, cancellation);
        var rows = dimension is null || wholes is null ? wholes : await DaysAsync(dimension, closed, open, cancellation);
        Size = _numbers.Size + _dimensions.Values.Sum(known => known.Size);
        return wholes is null || rows is null ? null : new LoadedRollups(wholes, rows, Of(dimension ?? RollupDimensions.Whole).Values.All, _numbers.Count);
    }

    async ValueTask<List<LoadedDay>?> DaysAsync(
        string dimension, IReadOnlyList<RolledDay> closed, IReadOnlyList<DraftSlice> open, CancellationToken cancellation)
    {
        var known = Of(dimension);
        var missing = closed.Where(day => known.Find(day) is null).ToList();
        if (missing.Count > 0)
        {
            foreach (var stored in await store.SlicesAsync(site, dimension, missing[0].Day, missing[^1].Day, cancellation))
                known.Keep(stored.Day, stored.Edition, Ready(known, SliceCodec.Decode(stored.Day, stored.Bytes), stored.Edition));
        }
        var days = new List<LoadedDay>(closed.Count + open.Count);
        foreach (var day in closed)
        {
            if (known.Find(day) is not { } found)
                return null;
            days.Add(found);
        }
        foreach (var draft in open.Where(draft => draft.Dimension == dimension))
        {
            // A slice of an open day is not kept, and so holds its own visitors.
            var slice = SliceCodec.Decode(draft.Day, SliceCodec.Encode(draft, SliceCodec.VisitorsOf(draft), holdsVisitors: true));
            days.Add(Ready(known, slice, edition: 0)!);
        }
        days.Sort((x, y) => x.Slice.Day.CompareTo(y.Slice.Day));
        return days;
    }

    /// <returns>Null when the slice counts within the visitors of a day as a whole that is not known.</returns>
    LoadedDay? Ready(DimensionRollups known, DaySlice slice, long edition)
    {
        var numbers = slice.Visitors is { } own ? _numbers.Of(own) : Of(RollupDimensions.Whole).Find(slice.Day, edition)?.Numbers;
        return numbers is null ? null : new LoadedDay(slice, numbers, [.. slice.Values.Select(known.Values.Of)]);
    }

    DimensionRollups Of(string dimension)
    {
        if (!_dimensions.TryGetValue(dimension, out var known))
            _dimensions.Add(dimension, known = new DimensionRollups());
        return known;
    }
}
