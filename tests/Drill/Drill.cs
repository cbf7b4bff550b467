using System.Diagnostics;
using Footfall.Drill.Ledger;
using Footfall.Drill.Load;

namespace Footfall.Drill;

/// <summary>What a fault works with.</summary>
sealed record Drill(FootfallServer Server, Disk Disk, Traffic Traffic, AcknowledgedEvents Ledger, Random Random)
{
    public const string Site = "drill.example";

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Goes on under load for a random while.</summary>
    public Task RunOnAsync(int fromMilliseconds, int toMilliseconds) => Task.Delay(Random.Next(fromMilliseconds, toMilliseconds));

    /// <summary>Waits until something is acknowledged again.</summary>
    public async Task AcknowledgesAsync()
    {
        var (before, began) = (Ledger.Answers, Stopwatch.GetTimestamp());
        while (Ledger.Answers == before)
        {
            if (!Server.IsRunning)
                throw new InvalidOperationException($"The server has ended by itself:\n{Server.Output}");
            if (Stopwatch.GetElapsedTime(began) > Patience)
                throw new TimeoutException($"Nothing is acknowledged although the fault is over:\n{Server.Output}");
            await Task.Delay(5);
        }
    }

    /// <summary>Waits until events are worked off again too: a server that takes events in and does nothing with them has not come back.</summary>
    public async Task WorksAsync()
    {
        await AcknowledgesAsync();
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            using var ready = await Server.Visitor.GetAsync("/readyz");
            if (ready.IsSuccessStatusCode)
                return;
            if (Stopwatch.GetElapsedTime(began) > Patience)
                throw new TimeoutException($"The server is not ready although the fault is over: {await ready.Content.ReadAsStringAsync()}\n{Server.Output}");
            await Task.Delay(100);
        }
    }

    public async Task KillAndStartAsync()
    {
        Server.Kill();
        await Server.StartAgainAsync();
    }

    /// <summary>While work is done, the server starts with some variables of its environment set.</summary>
    public async Task WithAsync(IReadOnlyDictionary<string, string> variables, Func<Task> work)
    {
        IReadOnlyDictionary<string, string> before = new Dictionary<string, string>();
        Server.Change(options =>
        {
            before = options.Environment;
            return options with { Environment = before.Where(one => !variables.ContainsKey(one.Key)).Concat(variables).ToDictionary(StringComparer.Ordinal) };
        });
        try
        {
            await work();
        }
        finally
        {
            Server.Change(options => options with { Environment = before });
        }
    }

    /// <summary>Without load, until all that was acknowledged is worked off.</summary>
    public async Task SettleAsync()
    {
        await Traffic.PauseAsync();
        await Server.Api.SettledLedgerAsync(Site);
    }

    /// <summary>While the server is not running: the next start makes it anew from the history.</summary>
    public void RemoveWarehouse()
    {
        foreach (var file in Directory.GetFiles(Disk.Data, "warehouse.duckdb*"))
            File.Delete(file);
    }
}
