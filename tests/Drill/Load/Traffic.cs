using System.Diagnostics;
using System.Net;
using Footfall.Drill.Ledger;

namespace Footfall.Drill.Load;

/// <summary>
/// The clients: they send, send again what was not answered, give some of it up, send some of it twice on purpose, and hold some back for
/// much later. Goes on through every fault.
/// </summary>
sealed class Traffic(HttpClient http, string site, AcknowledgedEvents ledger, DrillOptions options) : IAsyncDisposable
{
    const int Clients = 8;
    const int HeldBackMax = 400;

    readonly EventSource _source = new(options.Seed);
    readonly PriorityQueue<List<SentEvent>, long> _later = new();
    readonly Lock _lock = new();
    readonly List<List<SentEvent>> _heldBack = [];
    readonly List<List<SentEvent>> _remembered = [];
    readonly CancellationTokenSource _stop = new();
    Task _running = Task.CompletedTask;
    volatile bool _paused;
    volatile bool _finishing;
    int _busy;
    int _refused;

    /// <summary>The number that new events carry.</summary>
    public int Fault { get; set; }

    /// <summary>How many requests were not acknowledged since the last time of asking.</summary>
    public int TakeRefused() => Interlocked.Exchange(ref _refused, 0);

    public void Start() => _running = Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(() => RunAsync(new Random(options.Seed + client)))));

    /// <summary>Sends nothing more until resumed; completes when nothing is under way.</summary>
    public async Task PauseAsync()
    {
        _paused = true;
        while (Volatile.Read(ref _busy) > 0)
            await Task.Delay(5);
    }

    public void Resume() => _paused = false;

    /// <summary>Sends what was held back and repeats of what was acknowledged long ago, in no order.</summary>
    /// <returns>How many requests that are.</returns>
    public int Replay(Random random)
    {
        lock (_lock)
        {
            var again = _heldBack.Concat(_remembered).ToArray();
            _heldBack.Clear();
            random.Shuffle(again);
            foreach (var batch in again)
                _later.Enqueue(batch, Stopwatch.GetTimestamp());
            return again.Length;
        }
    }

    /// <summary>Makes up nothing new; completes when everything that is to be sent again has been.</summary>
    public async Task FinishAsync()
    {
        _finishing = true;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (Waiting() > 0)
            await Task.Delay(20, patience.Token);
        await PauseAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    int Waiting()
    {
        lock (_lock)
            return _later.Count;
    }

    async Task RunAsync(Random random)
    {
        while (!_stop.IsCancellationRequested)
        {
            if (_paused)
            {
                await Task.Delay(5);
                continue;
            }
            Interlocked.Increment(ref _busy);
            try
            {
                var batch = _paused ? [] : Due() ?? Fresh(random);
                if (batch.Count > 0)
                    await SendAsync(batch, random);
                // The pace of one client; a failure costs a little more, as clients wait before they try again.
                await Task.Delay(TimeSpan.FromSeconds(Math.Max(1, batch.Count) * Clients / (double)options.Rate));
            }
            finally
            {
                Interlocked.Decrement(ref _busy);
            }
        }
    }

    List<SentEvent>? Due()
    {
        lock (_lock)
            return _later.TryPeek(out _, out var due) && (_finishing || due <= Stopwatch.GetTimestamp()) ? _later.Dequeue() : null;
    }

    List<SentEvent> Fresh(Random random)
    {
        if (_finishing)
            return [];
        var batch = _source.Next(Fault);
        lock (_lock)
        {
            if (random.Next(40) != 0 || _heldBack.Count >= HeldBackMax)
                return batch;
            _heldBack.Add(batch);
            return [];
        }
    }

    async Task SendAsync(List<SentEvent> batch, Random random)
    {
        ledger.Sent(batch);
        var acknowledged = await TrySendAsync(batch);
        if (acknowledged)
            ledger.Acknowledge(batch);
        var repeatable = batch[0].Repeatable;
        lock (_lock)
        {
            if (repeatable && (acknowledged ? !_finishing && random.Next(25) == 0 : random.Next(10) < 7))
                _later.Enqueue(batch, Stopwatch.GetTimestamp() + (long)(random.NextDouble() * (acknowledged ? 8 : 1) * Stopwatch.Frequency));
            if (repeatable && acknowledged && random.Next(200) == 0 && _remembered.Count < HeldBackMax)
                _remembered.Add(batch);
        }
        if (!acknowledged)
        {
            Interlocked.Increment(ref _refused);
            await Task.Delay(20);
        }
    }

    async Task<bool> TrySendAsync(List<SentEvent> batch)
    {
        try
        {
            using var answer = await http.PostAsync("/api/v1/events", new StringContent(Json(batch), System.Text.Encoding.UTF8, "application/json"));
            return answer.StatusCode switch
            {
                HttpStatusCode.Accepted => true,
                HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout => false,
                _ => throw new InvalidOperationException(
                    $"An event was answered {(int)answer.StatusCode}, which is neither yes nor later: {await answer.Content.ReadAsStringAsync()}"),
            };
        }
        catch (Exception gone) when (gone is HttpRequestException or TaskCanceledException or IOException)
        {
            return false;
        }
    }

    string Json(List<SentEvent> batch) => FootfallApi.ToJson(batch.Select(sent => new Dictionary<string, object>
    {
        ["site"] = site,
        ["url"] = $"https://{site}/page",
        ["time"] = sent.Time,
        ["visitor_id"] = sent.Visitor,
        ["props"] = new { id = sent.Id },
        [sent.Repeatable ? "event_id" : "title"] = sent.Id,
    }));
}
