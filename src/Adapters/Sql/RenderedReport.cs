namespace Footfall.Adapters.Sql;

/// <summary>One statement: rows of <c>kind</c> 0 are the page, in order; the last row, of <c>kind</c> 1, holds the totals and what is known of the whole.</summary>
public sealed record RenderedReport(string Sql, SqlParameters Parameters);
