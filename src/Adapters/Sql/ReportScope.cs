namespace Footfall.Adapters.Sql;

/// <summary>What a question can look at, so that files without any of it need not be opened. Times are UTC.</summary>
/// <param name="Site">Null is every site.</param>
/// <param name="From">Of events, inclusive; null is from the first one.</param>
/// <param name="To">Of events, and of the starts of visits; exclusive. Null is to the last one.</param>
/// <param name="VisitsFrom">Visits that ended before it do not matter; null is that all do.</param>
public readonly record struct ReportScope(int? Site, DateTime? From, DateTime? To, DateTime? VisitsFrom)
{
    public static ReportScope Everything => default;
}
