namespace Footfall.Core.Reports;

/// <summary>From an instant (UTC) until the next one of a list, clocks are ahead of UTC by an offset.</summary>
public readonly record struct ZoneOffset(DateTime From, TimeSpan Offset);
