using Footfall.Core.Rollups;

namespace Footfall.Core.Reports;

/// <summary>The days of one dimension of a site that are in memory. Not thread-safe.</summary>
sealed class DimensionRollups
{
    readonly Dictionary<DateOnly, (long Edition, LoadedDay Day)> _days = [];

    public ValueNumbers Values { get; } = new();

    public long Size { get; private set; }

    public LoadedDay? Find(RolledDay day) => Find(day.Day, day.Edition);

    public LoadedDay? Find(DateOnly day, long edition) =>
        _days.TryGetValue(day, out var known) && known.Edition == edition ? known.Day : null;

    /// <param name="loaded">Null is not kept.</param>
    public void Keep(DateOnly day, long edition, LoadedDay? loaded)
    {
        if (loaded is null)
            return;
        if (_days.TryGetValue(day, out var before))
            Size -= SizeOf(before.Day);
        _days[day] = (edition, loaded);
        Size += SizeOf(loaded);
    }

    static long SizeOf(LoadedDay loaded) => loaded.Slice.Size + (loaded.ValueIds.Length * 4L) + (loaded.Slice.Visitors is null ? 0 : loaded.Numbers.Length * 4L);
}
