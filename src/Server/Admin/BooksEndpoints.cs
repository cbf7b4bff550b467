using Footfall.Core.HitLog;
using Footfall.Core.Pipeline;
using Footfall.Core.Warehouse;

namespace Footfall.Server.Admin;

/// <summary>The sums of everything at one position of the log: what a backup records, and what a restored one must come to.</summary>
sealed class BooksEndpoints(LogReach reach, IHitLog log, IWarehouse warehouse, Processors processors, TimeProvider clock)
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/books", GetAsync).WithName("getBooks")
            .WithSummary("The sums of everything accepted before the call, as of one position of the log; null while the processor does not get that far.")
            .Produces<BooksDocument>();

    async Task<BooksDocument> GetAsync(CancellationToken cancellation)
    {
        var (ends, began) = (reach.Partitions.Select(log.End).ToList(), clock.GetTimestamp());
        foreach (var end in ends)
        {
            while ((await processors.PositionAsync(end.Partition, cancellation)).Offset < end.Offset)
            {
                if (processors.Failure is not null || clock.GetElapsedTime(began) > Patience)
                    return new BooksDocument(ends.Sum(each => each.Offset), null);
                await Task.Delay(Pause, clock, cancellation);
            }
        }
        var books = new List<WarehouseBooks>();
        foreach (var end in ends)
            books.Add(await warehouse.BooksAsync(end.Partition, cancellation));
        return new BooksDocument(books.Sum(book => book.Position.Offset), TotalsOf(books));
    }

    static BooksTotals TotalsOf(List<WarehouseBooks> books) => new(
        books.Sum(book => book.Events),
        books.Sum(book => book.Visits),
        [
            .. books.SelectMany(book => book.Outcomes).GroupBy(sum => (sum.Site, sum.Outcome))
                .Select(sums => new OutcomeSum(sums.Key.Site, sums.Key.Outcome, sums.Sum(sum => sum.Hits)))
                .OrderBy(sum => sum.Site).ThenBy(sum => sum.Outcome, StringComparer.Ordinal),
        ]);
}
