using System.Buffers;
using System.Text.Json;
using System.Threading.Channels;
using Footfall.Core.Reports;
using Footfall.Core.Sites;

namespace Footfall.Server.Report;

/// <summary>One site that somebody listens to: asks what happens on it when it has changed, and tells everyone who listens.</summary>
sealed partial class LiveSite : IDisposable
{
    /// <summary>The least time between two messages.</summary>
    static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    /// <summary>How often to look without a change: visitors leave the last five minutes without one.</summary>
    static readonly TimeSpan Look = TimeSpan.FromSeconds(15);

    readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    readonly CancellationTokenSource _ended = new();
    readonly Lock _gate = new();
    readonly List<LiveListener> _listeners = [];
    readonly Site _site;
    readonly IReportEngine _engine;
    readonly TimeProvider _clock;
    readonly ILogger<LiveSite> _logger;
    ReadOnlyMemory<byte> _latest;

    public LiveSite(Site site, IReportEngine engine, TimeProvider clock, ILogger<LiveSite> logger)
    {
        (_site, _engine, _clock, _logger) = (site, engine, clock, logger);
        _ = Task.Run(() => RunAsync(_ended.Token));
    }

    public int Count
    {
        get
        {
            lock (_gate)
                return _listeners.Count;
        }
    }

    /// <summary>Something happened on the site. Never blocks.</summary>
    public void Change() => _changes.Writer.TryWrite(true);

    /// <summary>A new listener is told the latest at once, and what is true now as soon as it is known.</summary>
    public LiveListener Add(Action<LiveListener> leave)
    {
        var listener = new LiveListener(leave);
        lock (_gate)
        {
            _listeners.Add(listener);
            if (!_latest.IsEmpty)
                listener.Tell(_latest);
        }
        Change();
        return listener;
    }

    /// <returns>How many are left.</returns>
    public int Remove(LiveListener listener)
    {
        lock (_gate)
        {
            _listeners.Remove(listener);
            return _listeners.Count;
        }
    }

    public void Dispose()
    {
        _ended.Cancel();
        _ended.Dispose();
    }

    async Task RunAsync(CancellationToken ended)
    {
        RealtimeAnswer? told = null;
        while (!ended.IsCancellationRequested)
        {
            try
            {
                await ChangeOrTimeAsync(ended);
                var answer = await _engine.RealtimeAsync(_site, _clock.GetUtcNow(), ended);
                if (told is null || !SaysTheSame(told, answer))
                    Tell(told = answer);
            }
            catch (Exception failure) when (!ended.IsCancellationRequested)
            {
                // Those who listen keep what they have; the next look asks again.
                Failed(_logger, _site.Domain, failure.Message);
            }
            await Task.Delay(Pace, _clock, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task ChangeOrTimeAsync(CancellationToken ended)
    {
        using var time = new CancellationTokenSource(Look, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, ended);
        try
        {
            await _changes.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!ended.IsCancellationRequested)
        {
            // It was time to look.
        }
    }

    void Tell(RealtimeAnswer answer)
    {
        var message = new ArrayBufferWriter<byte>(2048);
        message.Write("event: realtime\ndata: "u8);
        using (var writer = new Utf8JsonWriter(message))
            JsonSerializer.Serialize(writer, answer, ReportJson.Default.RealtimeAnswer);
        message.Write("\n\n"u8);
        lock (_gate)
        {
            _latest = message.WrittenMemory;
            foreach (var listener in _listeners)
                listener.Tell(_latest);
        }
    }

    /// <summary>Whether two answers differ in nothing but when they were given.</summary>
    static bool SaysTheSame(RealtimeAnswer one, RealtimeAnswer other) =>
        (one.Visitors5, one.Visitors30) == (other.Visitors5, other.Visitors30)
        && one.PageViews.SequenceEqual(other.PageViews)
        && one.Pages.SequenceEqual(other.Pages)
        && one.Sources.SequenceEqual(other.Sources);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What happens on {Site} now could not be asked: {Reason}")]
    static partial void Failed(ILogger logger, string site, string reason);
}
