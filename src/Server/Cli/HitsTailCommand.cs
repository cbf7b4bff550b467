using System.CommandLine;

namespace Footfall.Server.Cli;

/// <summary>Prints raw hits as they come, until it is interrupted.</summary>
sealed class HitsTailCommand : ServerCommand
{
    /// <summary>Hits whose repeats are known; an index may give a hit again for some seconds.</summary>
    const int ShownMost = 20_000;

    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    readonly SearchOptions _search;

    public HitsTailCommand(CliContext context)
        : base(context, "tail", "Print the raw hits of a site as they come, until interrupted.",
            "footfall hits tail --site example.com", "footfall hits tail --site example.com --event purchase --format json")
    {
        _search = new SearchOptions(this);
        SetAction(RunAsync);
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        await using var connection = await ConnectAsync(parsed, create: false, cancellation);
        var site = await SiteAsync(connection.Client, _search.Site(parsed), cancellation);
        var (since, shown, order) = ((string?)null, new HashSet<Guid>(), new Queue<Guid>());
        while (true)
        {
            var tail = await connection.Client.TailHitsAsync(site.Domains[0], _search.Query(parsed, ("limit", "500"), ("since", since)), cancellation);
            foreach (var hit in tail.Hits)
            {
                var id = hit.GetProperty("id").GetGuid();
                if (!shown.Add(id))
                    continue;
                order.Enqueue(id);
                if (order.Count > ShownMost)
                    shown.Remove(order.Dequeue());
                await Context.Out.WriteLineAsync(_search.Text(parsed, hit));
            }
            since = tail.Position;
            await Task.Delay(Pause, Context.Clock, cancellation);
        }
    }
}
