namespace Footfall.Server.Cli.Wire;

/// <summary>Why a request was refused (RFC 9457). Index and field point at the event of a batch that broke a rule.</summary>
public sealed record ProblemAnswer(string? Title, string? Detail, int? Index, string? Field);
