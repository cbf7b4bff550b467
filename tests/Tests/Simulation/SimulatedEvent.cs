namespace Footfall.Tests.Simulation;

/// <summary>One delivery of an event. Times in milliseconds.</summary>
sealed record SimulatedEvent(int Site, ulong Visitor, string Id, string Name, string Page, long Time, long ReceivedAt, bool IsBot);
