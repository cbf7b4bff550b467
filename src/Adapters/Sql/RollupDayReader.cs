using Footfall.Core.Reports;
using Footfall.Core.Rollups;
using Footfall.Core.Sites;

namespace Footfall.Adapters.Sql;

/// <summary>Reads one local day of a site as slices: two statements for each scope of the dimensions asked for, however many they are.</summary>
sealed class RollupDayReader(ISqlSession session, Site site, DateOnly day, IReadOnlyList<Dimension> dimensions)
{
    const int SumsOfEvents = 9;
    const int SumsOfVisits = 5;

    readonly Dictionary<(string Dimension, string Value), Dictionary<(DateOnly Started, DateOnly? Seen), VisitSums>> _carried = [];
    readonly Dictionary<string, List<DraftRow>> _rows = new(StringComparer.Ordinal) { [RollupDimensions.Whole] = [] };
    bool _hasDaily;
    bool _hasLasting;

    /// <summary>The day as a whole, and the dimensions in their order.</summary>
    public async ValueTask<IEnumerable<DraftSlice>> ReadAsync()
    {
        foreach (var dimension in dimensions)
            _rows[dimension.Id] = [];
        var first = new RollupSql(site, day, DimensionScope.Visit, [], session.Dialect);
        var earliest = await session.QueryAsync(first.Earliest(), first.Parameters, row => row.Read() ? TimeOrNull(row, 0) : null);
        foreach (var scope in (DimensionScope[])[DimensionScope.Visit, DimensionScope.Event])
        {
            var by = dimensions.Where(dimension => dimension.Scope == scope).ToList();
            if (by.Count == 0 && scope == DimensionScope.Event)
                continue;
            // The visits of an hour that began before it are told apart with its rows: no other day has that hour.
            var lasting = by.Where(dimension => !dimension.IsTime).ToList();
            if (earliest is { } from && (lasting.Count > 0 || scope == DimensionScope.Visit))
            {
                var carried = new RollupSql(site, day, scope, lasting, session.Dialect);
                await session.QueryAsync(carried.Carried(from), carried.Parameters, row => ReadCarried(row, scope, lasting));
            }
            var rows = new RollupSql(site, day, scope, by, session.Dialect);
            await session.QueryAsync(rows.Rows(), rows.Parameters, row => ReadRows(row, by));
        }
        return _rows.Select(pair => new DraftSlice(pair.Key, day, pair.Value, _hasDaily, _hasLasting));
    }

    int ReadRows(ISqlRows row, List<Dimension> by)
    {
        var read = 0;
        for (; row.Read(); read++)
        {
            var index = Enumerable.Range(0, by.Count).FirstOrDefault(place => !row.IsDBNull(place), -1);
            var dimension = index < 0 ? null : by[index];
            var value = dimension is null ? "" : dimension.IsTime ? TimeBuckets.Hour(row.GetDateTime(index), site.Zone) : row.GetString(index);
            var at = by.Count;
            var others = VisitSumsAt(row, at + SumsOfEvents + SumsOfVisits);
            var identity = at + SumsOfEvents + (2 * SumsOfVisits);
            _rows[dimension?.Id ?? RollupDimensions.Whole].Add(new DraftRow(
                value,
                EventSumsAt(row, at),
                VisitSumsAt(row, at + SumsOfEvents),
                dimension is { IsTime: true } ? OfHour(others) : CarriedOf(dimension?.Id ?? RollupDimensions.Whole, value),
                row.GetNumbers(identity + 2)));
            (_hasDaily, _hasLasting) = (_hasDaily | row.GetBoolean(identity), _hasLasting | row.GetBoolean(identity + 1));
        }
        return read;
    }

    int ReadCarried(ISqlRows row, DimensionScope scope, List<Dimension> by)
    {
        var read = 0;
        for (; row.Read(); read++)
        {
            var at = by.Count;
            var seen = TimeOrNull(row, at + 1);
            var when = (Before(row.GetDateTime(at)), seen is { } time ? Before(time) : (DateOnly?)null);
            var sums = new VisitSums(1, One(row, at + 2), One(row, at + 3), One(row, at + 4), row.GetInt64(at + 5));
            if (scope == DimensionScope.Visit)
                Carry(RollupDimensions.Whole, "", when, sums);
            for (var index = 0; index < by.Count; index++)
            {
                if (!row.IsDBNull(index))
                    Carry(by[index].Id, row.GetString(index), when, sums);
            }
        }
        return read;
    }

    void Carry(string dimension, string value, (DateOnly Started, DateOnly? Seen) when, VisitSums sums)
    {
        var known = _carried.TryGetValue((dimension, value), out var found) ? found : _carried[(dimension, value)] = [];
        known[when] = known.GetValueOrDefault(when) + sums;
    }

    IReadOnlyList<CarriedVisits> CarriedOf(string dimension, string value) => _carried.TryGetValue((dimension, value), out var known)
        ? [.. known.Select(pair => new CarriedVisits(pair.Key.Started, pair.Key.Seen, pair.Value))]
        : [];

    IReadOnlyList<CarriedVisits> OfHour(VisitSums others) => others.Visits > 0 ? [new CarriedVisits(day.AddDays(-1), SeenOn: null, others)] : [];

    /// <summary>The local day of an instant before the day. Where clocks were put back over midnight it may bear the day's own date; no report uses such days.</summary>
    DateOnly Before(DateTime instant)
    {
        var local = LocalTime.DayOf(DateTime.SpecifyKind(instant, DateTimeKind.Utc), site.Zone);
        return local < day ? local : day.AddDays(-1);
    }

    static int One(ISqlRows row, int column) => row.GetBoolean(column) ? 1 : 0;

    static EventSums EventSumsAt(ISqlRows row, int at) => new(
        row.GetInt64(at), row.GetInt64(at + 1), row.GetInt64(at + 2), row.GetInt64(at + 3), row.GetInt64(at + 4), row.GetInt64(at + 5),
        row.GetInt64(at + 6), row.GetInt64(at + 7), row.GetInt64(at + 8));

    static VisitSums VisitSumsAt(ISqlRows row, int at) =>
        new(row.GetInt64(at), row.GetInt64(at + 1), row.GetInt64(at + 2), row.GetInt64(at + 3), row.GetInt64(at + 4));

    static DateTime? TimeOrNull(ISqlRows row, int column) => row.IsDBNull(column) ? null : row.GetDateTime(column);
}
