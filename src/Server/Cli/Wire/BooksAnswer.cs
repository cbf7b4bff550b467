namespace Footfall.Server.Cli.Wire;

/// <summary>The sums of everything at one position of the log.</summary>
public sealed record BooksAnswer(long Position, BooksTotals? Totals);
