using Footfall.Core.Hits.AccessLogs;

namespace Footfall.Server.Cli.Import;

/// <summary>What an import found in a file. Written by the reading side alone, read for the display at any time.</summary>
sealed class ImportTally
{
    readonly long[] _verdicts = new long[Enum.GetValues<ImportVerdict>().Length];

    public long Lines { get; set; }

    public long Malformed { get; set; }

    /// <summary>Lines of a native file that name another site.</summary>
    public long OtherSite { get; set; }

    /// <summary>Native events that are neither page views nor downloads.</summary>
    public long OtherEvents { get; set; }

    /// <summary>Earliest and latest time of an event, in milliseconds; 0 when there is none.</summary>
    public long FirstTime { get; private set; }

    public long LastTime { get; private set; }

    public long this[ImportVerdict verdict] => _verdicts[(int)verdict];

    public long Events => this[ImportVerdict.PageView] + this[ImportVerdict.Download] + OtherEvents;

    public void Add(ImportVerdict verdict) => _verdicts[(int)verdict]++;

    public void AddTime(long time)
    {
        if (time <= 0)
            return;
        FirstTime = FirstTime == 0 ? time : Math.Min(FirstTime, time);
        LastTime = Math.Max(LastTime, time);
    }
}
