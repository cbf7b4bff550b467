namespace Footfall.Server.Cli.Wire;

/// <summary>A column of a report.</summary>
public sealed record ReportColumn(string Id, string Label, string? Unit);
