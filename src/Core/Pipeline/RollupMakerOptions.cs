namespace Footfall.Core.Pipeline;

/// <summary>When rollups are made, and of whom.</summary>
public sealed record RollupMakerOptions
{
    /// <summary>Sites with fewer events than this, ever, get none: their reports are quick without.</summary>
    public long EventsMin { get; init; } = 50_000;

    /// <summary>How long after the end of a local day it is rolled up at the soonest, so that most of what comes late is in.</summary>
    public TimeSpan After { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long after a rollup was taken out the day is rolled up again at the soonest.</summary>
    public TimeSpan Again { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How many days back, at most.</summary>
    public int DaysMax { get; init; } = 800;

    /// <summary>How long to rest after a day's rollup, as a multiple of the time it took.</summary>
    public double Rest { get; init; } = 1;

    /// <summary>How often sites that are due are looked for.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(20);
}
