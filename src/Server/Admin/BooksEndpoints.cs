using Footfall.Core.HitLog;
using Footfall.Core.Pipeline;
using Footfall.Core.Warehouse;

namespace Footfall.Server.Admin;

/// <summary>The sums of everything at one position of the log: what a backup records, and what a restored one must come to.</summary>
sealed class BooksEndpoints(IHitLog log, IWarehouse warehouse, Processor processor, TimeProvider clock)
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/books", GetAsync).WithName("getBooks")
            .WithSummary("The sums of everything accepted before the call, as of one position of the log; null while the processor does not get that far.")
            .Produces<BooksDocument>();

    async Task<BooksDocument> GetAsync(CancellationToken cancellation)
    {
        var (end, began) = (log.End(0), clock.GetTimestamp());
        while (processor.Position.Offset < end.Offset)
        {
            if (processor.Failure is not null || clock.GetElapsedTime(began) > Patience)
                return new BooksDocument(end.Offset, null);
            await Task.Delay(Pause, clock, cancellation);
        }
        var books = await warehouse.BooksAsync(end.Partition, cancellation);
        return new BooksDocument(books.Position.Offset, new BooksTotals(books.Events, books.Visits, books.Outcomes));
    }
}
