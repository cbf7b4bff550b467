namespace Footfall.Core.Reports;

/// <summary>The versions of one site's days. Thread-safe.</summary>
sealed class DayVersions
{
    /// <summary>Days that are told apart; of the others the largest version counts for all.</summary>
    const int DaysMax = 16;

    readonly List<(DateOnly Day, long Version)> _days = new(2);
    long _others;

    public long Of(DateRange days)
    {
        lock (_days)
        {
            var version = _others;
            foreach (var (day, changed) in _days)
            {
                if (days.Contains(day))
                    version = Math.Max(version, changed);
            }
            return version;
        }
    }

    /// <param name="version">Larger than any before.</param>
    public void Move(DateOnly day, long version)
    {
        lock (_days)
        {
            var index = _days.FindIndex(known => known.Day == day);
            if (index >= 0)
                _days.RemoveAt(index);
            else if (_days.Count == DaysMax)
                Merge(_days[0]);
            _days.Add((day, version));
        }
    }

    public void MoveAll(long version)
    {
        lock (_days)
        {
            _days.Clear();
            _others = version;
        }
    }

    void Merge((DateOnly Day, long Version) oldest)
    {
        _others = Math.Max(_others, oldest.Version);
        _days.Remove(oldest);
    }
}
