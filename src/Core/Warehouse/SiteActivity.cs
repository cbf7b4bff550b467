namespace Footfall.Core.Warehouse;

/// <summary>When a site's events were last received, in milliseconds since 1970, UTC; null when there was none.</summary>
/// <param name="LastTrackerEventAt">The same of events whose sender named itself.</param>
public readonly record struct SiteActivity(long? LastEventAt, long? LastTrackerEventAt)
{
    public SiteActivity With(long receivedAt, bool named) => new(
        Math.Max(LastEventAt ?? 0, receivedAt),
        named ? Math.Max(LastTrackerEventAt ?? 0, receivedAt) : LastTrackerEventAt);
}
