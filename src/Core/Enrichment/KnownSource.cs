namespace Footfall.Core.Enrichment;

/// <summary>One source of the table, under the name that reports show.</summary>
public sealed record KnownSource(string Name, SourceKind Kind);
