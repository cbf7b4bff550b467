namespace Footfall.Server.Admin;

/// <param name="Position">An offset of the log between two records, below which everything is durable.</param>
/// <param name="Totals">Of everything below the position; null when the warehouse does not reach that far.</param>
sealed record BooksDocument(long Position, BooksTotals? Totals);
