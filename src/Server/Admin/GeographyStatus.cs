namespace Footfall.Server.Admin;

/// <summary>The geography file, and the sentence its licence asks to be shown.</summary>
sealed record GeographyStatus(string? Version, string? Attribution);
