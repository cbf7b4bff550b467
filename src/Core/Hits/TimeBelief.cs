using Footfall.Core.Sites;

namespace Footfall.Core.Hits;

/// <summary>Decides which time an event happened at; the rule is that of the definitions.</summary>
public static class TimeBelief
{
    /// <param name="sent">The client's time in milliseconds, or null.</param>
    /// <param name="receivedAt">The server's, in milliseconds.</param>
    /// <param name="trusted">A trusted sender may go back without limit, to the year 2000; never ahead.</param>
    /// <returns>The time in milliseconds, and whether a time that was sent was not believed.</returns>
    public static (long Time, bool Replaced) Resolve(long? sent, long receivedAt, SiteSettings settings, bool trusted)
    {
        if (sent is not { } time)
            return (receivedAt, false);
        var oldest = trusted ? 946_684_800_000 : receivedAt - (settings.BelievePastHours * 3_600_000L);
        var newest = receivedAt + (settings.BelieveAheadMinutes * 60_000L);
        return time >= oldest && time <= newest ? (time, false) : (receivedAt, true);
    }
}
