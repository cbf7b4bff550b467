namespace Footfall.Tests.Simulation;

/// <summary>One delivery of an event. Times in milliseconds.</summary>
/// <param name="Campaign">The source that its address names, or null.</param>
/// <param name="Session">The session id that the client sends, or null.</param>
sealed record SimulatedEvent(int Site, ulong Visitor, string Id, string Name, string Page, long Time, long ReceivedAt, bool IsBot, string? Campaign, string? Session);
