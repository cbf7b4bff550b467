namespace Footfall.Core.Rollups;

/// <summary>What is booked of a site.</summary>
/// <param name="First">The earliest of its events, UTC.</param>
/// <param name="Events">How many there are, bots included. Of one that forgets people, there were.</param>
public readonly record struct BookedSite(int Site, DateTime First, long Events);
