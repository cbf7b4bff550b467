namespace Footfall.Tests.Simulation;

/// <summary>What is compared of a visit.</summary>
sealed record NaiveVisit(
    int Site, ulong Visitor, bool IsBot, long StartedAt, long EndedAt, int PageViews, int Events, string? EntryPage, string? ExitPage,
    string Source)
{
    public static NaiveVisit Of(List<SimulatedEvent> events)
    {
        var pages = events.Where(one => one.Name == "pageview").ToList();
        return new NaiveVisit(
            events[0].Site, events[0].Visitor, events[0].IsBot, events[0].Time, events[^1].Time, pages.Count, events.Count,
            pages.FirstOrDefault()?.Page, pages.LastOrDefault()?.Page, events[0].Campaign ?? "(direct)");
    }

    public static int Compare(NaiveVisit left, NaiveVisit right) =>
        (left.Site, left.Visitor, left.StartedAt, left.EndedAt, left.Events).CompareTo((right.Site, right.Visitor, right.StartedAt, right.EndedAt, right.Events));
}
