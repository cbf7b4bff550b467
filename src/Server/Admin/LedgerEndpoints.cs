using System.Globalization;
using Footfall.Core.Sites;
using Footfall.Core.Warehouse;

namespace Footfall.Server.Admin;

/// <summary>The public account of every hit: accepted = counted + duplicate + bot + refused, for each hour of receipt.</summary>
sealed class LedgerEndpoints(IWarehouse warehouse, SiteDirectory directory, LogReach reach, TimeProvider clock)
{
    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/sites/{site}/ledger", GetAsync).WithName("getLedger")
            .WithSummary("What became of every accepted hit, by hour of receipt (UTC). from and to are ISO 8601 instants.")
            .Produces<LedgerDocument>().ProducesProblem(400).ProducesProblem(404);

    async Task<IResult> GetAsync(string site, string? from, string? to, CancellationToken cancellation)
    {
        if (directory.Find(site) is not { } found)
            return new ProblemResult(Problem.UnknownSite(site));
        if (!TryTime(from, DateTimeOffset.UnixEpoch, out var start))
            return Wrong("from");
        if (!TryTime(to, clock.GetUtcNow().AddDays(1), out var end))
            return Wrong("to");
        // Read before the lines: what is worked off by then is in them.
        var pending = await reach.PendingAsync(cancellation);
        var lines = await warehouse.LedgerAsync(found.Id, start.ToUnixTimeMilliseconds(), end.ToUnixTimeMilliseconds(), cancellation);
        var hours = lines.GroupBy(line => line.Hour)
            .Select(hour => LedgerCounts.Of(hour, DateTimeOffset.FromUnixTimeMilliseconds(hour.Key)))
            .ToList();
        return Results.Ok(new LedgerDocument(found.Id, hours, LedgerCounts.Of(lines, null), pending));
    }

    static bool TryTime(string? text, DateTimeOffset missing, out DateTimeOffset time)
    {
        time = missing;
        return string.IsNullOrEmpty(text) || DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
    }

    static ProblemResult Wrong(string field) =>
        new(new Problem(400, "The request is not valid", $"{field} must be an ISO 8601 instant such as 2026-01-31T12:00:00Z", Field: field));
}
