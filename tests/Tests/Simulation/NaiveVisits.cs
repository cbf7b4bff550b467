namespace Footfall.Tests.Simulation;

/// <summary>
/// The definitions read literally: every event once, each visitor's in order of time, a new visit after thirty minutes without one, or with another session id. Knows
/// nothing of logs, batches or parts.
/// </summary>
static class NaiveVisits
{
    const long Timeout = 30 * 60_000;

    public static List<NaiveVisit> Recount(IReadOnlyList<SimulatedEvent> deliveries)
    {
        var once = new Dictionary<string, (SimulatedEvent Event, int Place)>(StringComparer.Ordinal);
        for (var place = 0; place < deliveries.Count; place++)
            once.TryAdd(deliveries[place].Id, (deliveries[place], place));
        var visits = new List<NaiveVisit>();
        foreach (var visitor in once.Values.GroupBy(one => (one.Event.Site, one.Event.Visitor, one.Event.IsBot, one.Event.Session)))
        {
            List<SimulatedEvent>? open = null;
            foreach (var (next, _) in visitor.OrderBy(one => one.Event.Time).ThenBy(one => one.Place))
            {
                if (open is not null && next.Session is null && next.Time - open[^1].Time >= Timeout)
                {
                    visits.Add(NaiveVisit.Of(open));
                    open = null;
                }
                (open ??= []).Add(next);
            }
            visits.Add(NaiveVisit.Of(open!));
        }
        visits.Sort(NaiveVisit.Compare);
        return visits;
    }
}
