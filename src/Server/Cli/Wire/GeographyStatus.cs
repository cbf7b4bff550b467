namespace Footfall.Server.Cli.Wire;

/// <summary>The geography file in use; null version when there is none.</summary>
public sealed record GeographyStatus(string? Version, string? Attribution);
