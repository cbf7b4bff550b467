namespace Footfall.Server.Cli.Import;

/// <summary>
/// Moves the acknowledged line forward, over whole runs of batches without a gap, and keeps it on disk about once a second. Thread-safe.
/// Dispose writes the last state; a kill loses at most a second, which is then sent again and counts once.
/// </summary>
sealed class Checkpoint(string path, ImportState state, TimeProvider clock) : IDisposable
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    readonly Lock _lock = new();
    readonly Dictionary<long, long> _waiting = [];
    long _next;
    long _written = clock.GetTimestamp();

    public ImportState State { get; private set; } = state;

    public void Complete(EventBatch batch)
    {
        lock (_lock)
        {
            _waiting.Add(batch.Index, batch.LastLine);
            while (_waiting.Remove(_next, out var line))
            {
                State = State with { LineAcknowledged = line };
                _next++;
            }
            if (clock.GetElapsedTime(_written) < Pause)
                return;
            State.Write(path);
            _written = clock.GetTimestamp();
        }
    }

    public void Refuse(RejectedLine line)
    {
        lock (_lock)
            State = State with { Refused = [.. State.Refused, line] };
    }

    /// <summary>The whole file is worked off.</summary>
    public void Finish(ImportTally tally)
    {
        lock (_lock)
        {
            State = State with
            {
                LineAcknowledged = tally.Lines,
                CompletedAt = clock.GetUtcNow(),
                FirstTime = tally.FirstTime,
                LastTime = tally.LastTime,
            };
        }
    }

    public void Dispose()
    {
        lock (_lock)
            State.Write(path);
    }
}
