using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Footfall.Drill.Cluster;

/// <summary>Somebody who sends hits of their own all the time and looks for each until it is found: how long that takes, and how often there was no answer.</summary>
sealed class SearchWatch(HttpClient client) : IAsyncDisposable
{
    public const string Site = "search.example";

    const int Watchers = 2;

    static readonly TimeSpan Between = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan AskedEvery = TimeSpan.FromMilliseconds(50);
    static readonly TimeSpan FoundWithin = TimeSpan.FromMinutes(2);

    readonly CancellationTokenSource _stop = new();
    readonly ConcurrentQueue<(string Fault, TimeSpan Wait)> _found = [];
    readonly ConcurrentQueue<(string Fault, string Answer)> _unanswered = [];
    readonly ConcurrentQueue<(string Id, int Sent, int Acknowledged)> _sendings = [];
    Task _watching = Task.CompletedTask;
    int _number;

    public string Fault { get; set; } = "";

    /// <summary>How often each hit was sent and how often it was acknowledged, which is once or never.</summary>
    public IReadOnlyCollection<(string Id, int Sent, int Acknowledged)> Sendings => _sendings;

    /// <summary>From acknowledged to found, of the hits that were sent during a fault, in order.</summary>
    public IReadOnlyList<TimeSpan> Waits(string fault) => [.. _found.Where(found => found.Fault == fault).Select(found => found.Wait).Order()];

    /// <summary>Searches that were not answered during a fault.</summary>
    public int Unanswered(string fault) => _unanswered.Count(asked => asked.Fault == fault);

    /// <summary>Figures of a fault in words.</summary>
    public string Tell(string fault)
    {
        var waits = Waits(fault);
        var answers = string.Join(", ", _unanswered.Where(asked => asked.Fault == fault).CountBy(asked => asked.Answer).Select(answer => $"{answer.Value} times {answer.Key}"));
        var figures = waits.Count == 0 ? "none found" : string.Create(CultureInfo.InvariantCulture,
            $"{waits.Count} hits found after {Share(waits, 0.5):N2} s (median), {Share(waits, 0.95):N2} s (p95), {waits[^1].TotalSeconds:N2} s (longest)");
        return $"  search: {figures}; searches not answered: {(answers.Length == 0 ? "none" : answers)}";
    }

    /// <summary>One event that can be told from others.</summary>
    public static HttpContent Event(string id) => new StringContent(
        FootfallApi.ToJson(new { site = Site, url = $"https://{Site}/{id}", visitor_id = id, event_id = id, props = new { id } }), Encoding.UTF8, "application/json");

    public void Start() => _watching = Task.WhenAll(Enumerable.Range(0, Watchers).Select(_ => Task.Run(WatchAsync)));

    /// <summary>Completes when each hit that was sent is found, or was looked for long enough.</summary>
    public async Task FinishAsync()
    {
        await _stop.CancelAsync();
        await _watching;
    }

    public async ValueTask DisposeAsync()
    {
        await FinishAsync();
        _stop.Dispose();
    }

    static double Share(IReadOnlyList<TimeSpan> waits, double share) => waits[(int)(share * (waits.Count - 1))].TotalSeconds;

    async Task WatchAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"look-{Interlocked.Increment(ref _number)}");
            var fault = Fault;
            var isSent = await TryAsync(() => client.PostAsync("/api/v1/events", Event(id))) is { Status: 202 };
            _sendings.Enqueue((id, 1, isSent ? 1 : 0));
            if (isSent)
                await FindAsync(id, fault);
            await Task.Delay(Between, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task FindAsync(string id, string fault)
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < FoundWithin; await Task.Delay(AskedEvery, CancellationToken.None))
        {
            var (status, text) = await TryAsync(() => client.GetAsync($"/api/v1/sites/{Site}/hits?limit=1&path=/{id}"));
            if (status != 200)
            {
                _unanswered.Enqueue((Fault, status == 0 ? text : string.Create(CultureInfo.InvariantCulture, $"{status}")));
                continue;
            }
            using var answer = JsonDocument.Parse(text);
            if (answer.RootElement.GetProperty("hits").GetArrayLength() == 0)
                continue;
            _found.Enqueue((fault, waited.Elapsed));
            return;
        }
    }

    /// <summary>Status 0 and the kind of failure when nobody answered.</summary>
    static async Task<(int Status, string Text)> TryAsync(Func<Task<HttpResponseMessage>> askAsync)
    {
        try
        {
            using var answer = await askAsync();
            return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }
        catch (Exception gone) when (gone is HttpRequestException or OperationCanceledException)
        {
            return (0, gone.GetType().Name);
        }
    }
}
