namespace Footfall.Drill.Cluster;

/// <summary>Somebody who looks at a report all the time: how often there was none.</summary>
sealed class ReportWatch : IAsyncDisposable
{
    static readonly string[] Metrics = ["events"];

    readonly HttpClient _client;
    readonly string _site;
    readonly CancellationTokenSource _stop = new();
    readonly Task _watching;

    public ReportWatch(HttpClient client, string site)
    {
        (_client, _site) = (client, site);
        _watching = Task.Run(WatchAsync);
    }

    public int Answered { get; private set; }

    /// <summary>The first and the number of those that were not answered, by the fault at that time.</summary>
    public SortedDictionary<string, int> Failed { get; } = new(StringComparer.Ordinal);

    public string Fault { get; set; } = "";

    /// <summary>How many were not answered during the fault of this name.</summary>
    public int FailedDuring(string fault) => Failed.Where(failed => failed.Key.StartsWith($"{fault}: ", StringComparison.Ordinal)).Sum(failed => failed.Value);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        _stop.Dispose();
    }

    async Task WatchAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var failure = await TryAskAsync();
            if (failure is null)
                Answered++;
            else
                Failed[$"{Fault}: {failure}"] = Failed.GetValueOrDefault($"{Fault}: {failure}") + 1;
            await Task.Delay(500, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task<string?> TryAskAsync()
    {
        try
        {
            using var answer = await _client.PostAsJsonAsync($"/api/v1/sites/{_site}/reports", new { metrics = Metrics, from = "all" });
            return answer.IsSuccessStatusCode ? null : $"{(int)answer.StatusCode}";
        }
        catch (Exception gone) when (gone is HttpRequestException or TaskCanceledException)
        {
            return gone.GetType().Name;
        }
    }
}
