namespace Footfall.Server.Cli.Wire;

/// <summary>The raw dump in Elasticsearch.</summary>
public sealed record SearchStatus(IReadOnlyList<Uri> DeadNodes, long Delivered, long? Refused, long LagBytes, string? Failed);
