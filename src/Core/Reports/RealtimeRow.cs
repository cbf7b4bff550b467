namespace Footfall.Core.Reports;

/// <summary>A page or a source, and the distinct visitors it has right now.</summary>
public sealed record RealtimeRow(string Name, long Visitors);
