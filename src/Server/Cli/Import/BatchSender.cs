using System.Globalization;

namespace Footfall.Server.Cli.Import;

/// <summary>Brings batches to the server, however long it takes: waits when it is busy, and leaves out what it refuses.</summary>
sealed class BatchSender(FootfallClient client, Checkpoint checkpoint, RejectsFile rejects, TimeProvider clock)
{
    static readonly TimeSpan PatienceMax = TimeSpan.FromMinutes(5);
    static readonly TimeSpan RetryAfterMax = TimeSpan.FromSeconds(60);
    static readonly TimeSpan UnreachablePause = TimeSpan.FromSeconds(1);
    const int UnreachableMax = 5;

    long _sent;

    /// <summary>Events that are durable at the server.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Why the server does not accept anything now; null while it does.</summary>
    public string? Waiting { get; private set; }

    /// <exception cref="UserErrorException">The server stayed busy for longer than anyone waits, or does not take events from us.</exception>
    public async Task SendAsync(EventBatch batch, CancellationToken cancellation)
    {
        var rest = batch;
        var began = clock.GetTimestamp();
        for (var unreachable = 0; rest.Count > 0;)
        {
            var outcome = await TrySendAsync(rest, unreachable, cancellation);
            switch (outcome)
            {
                case SendOutcome.Accepted:
                    Interlocked.Add(ref _sent, rest.Count);
                    Waiting = null;
                    checkpoint.Complete(batch);
                    return;
                case SendOutcome.Refused refused when refused.Index >= 0 && refused.Index < rest.Count:
                    rest = LeaveOut(rest, refused);
                    break;
                case SendOutcome.Busy busy when clock.GetElapsedTime(began) < PatienceMax:
                    Waiting = busy.Reason;
                    await Task.Delay(busy.RetryAfter < RetryAfterMax ? busy.RetryAfter : RetryAfterMax, clock, cancellation);
                    break;
                case SendOutcome.Busy busy:
                    throw new UserErrorException($"The server has accepted nothing for five minutes: {busy.Reason} The same command goes on from here later.");
                case null:
                    unreachable++;
                    await Task.Delay(UnreachablePause, clock, cancellation);
                    break;
                default:
                    throw new UserErrorException($"The server refused a batch without saying which event is wrong: {outcome}");
            }
        }
        checkpoint.Complete(batch);
    }

    /// <summary>Null when nobody answered and it is worth another try: a server that is being restarted.</summary>
    async Task<SendOutcome?> TrySendAsync(EventBatch batch, int unreachable, CancellationToken cancellation)
    {
        try
        {
            return await client.SendEventsAsync(batch.Bytes, cancellation);
        }
        catch (ServerUnreachableException) when (unreachable < UnreachableMax)
        {
            Waiting = string.Create(CultureInfo.InvariantCulture, $"the server does not answer (try {unreachable + 1} of {UnreachableMax + 1})");
            return null;
        }
    }

    EventBatch LeaveOut(EventBatch batch, SendOutcome.Refused refused)
    {
        var (rest, line) = batch.Without(refused.Index);
        var rejected = new RejectedLine(line, "refused by the server: " + refused.Reason);
        rejects.Add(rejected, default);
        checkpoint.Refuse(rejected);
        return rest;
    }
}
