using System.Threading.Channels;
using Footfall.Core.Hits.AccessLogs;
using Footfall.Server.Cli.Wire;

namespace Footfall.Server.Cli.Import;

/// <summary>
/// Imports one log: one side reads lines and fills batches, a few senders bring them to the server at the same time. A file that was begun before
/// is read from its start again, which is quick, and only what was not acknowledged is sent, so that all counts are those of the whole file.
/// </summary>
sealed class FileImport(FootfallClient client, SiteAnswer site, LogContent content, TimeProvider clock)
{
    const int Senders = 4;

    /// <summary>Enough lines to tell the format, also of a file that begins with some odd ones.</summary>
    const int DetectionLines = 100;

    public ImportTally Tally { get; } = new();

    public BatchSender? Sender { get; private set; }

    public long BytesRead => content.Position;

    public long? BytesTotal => content.Length;

    /// <param name="format">Null finds it out.</param>
    public async Task RunAsync(AccessLogFormat? format, Checkpoint checkpoint, RejectsFile rejects, CancellationToken cancellation)
    {
        var from = checkpoint.State.LineAcknowledged;
        foreach (var refused in checkpoint.State.Refused)
            rejects.Add(refused, default);
        Sender = new BatchSender(client, checkpoint, rejects, clock);
        var queue = Channel.CreateBounded<EventBatch>(Senders);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task[] work = [ReadAsync(format, from, rejects, queue.Writer, stop.Token),
            .. Enumerable.Range(0, Senders).Select(_ => SendAsync(Sender, queue.Reader, stop.Token))];
        // The first failure ends the others; otherwise the reader would wait for ever for a sender to take its batch.
        await foreach (var done in Task.WhenEach(work))
        {
            if (!done.IsCompletedSuccessfully)
                await stop.CancelAsync();
        }
        if (Array.Find(work, task => task.IsFaulted) is { } failed)
            await failed;
        await Task.WhenAll(work);
        checkpoint.Finish(Tally);
    }

    static async Task SendAsync(BatchSender sender, ChannelReader<EventBatch> queue, CancellationToken cancellation)
    {
        await foreach (var batch in queue.ReadAllAsync(cancellation))
            await sender.SendAsync(batch, cancellation);
    }

    async Task ReadAsync(AccessLogFormat? format, long from, RejectsFile rejects, ChannelWriter<EventBatch> queue, CancellationToken cancellation)
    {
        // Off the caller's thread: reading and parsing hardly ever wait for anything.
        await Task.Yield();
        var reader = new LineReader(content.Plain);
        var first = await FirstLinesAsync(reader, cancellation);
        using var importer = new LineImporter(site, format ?? Detect(first), Tally);
        var batch = new EventBatch(0);
        foreach (var (line, tooLong) in first)
        {
            Import(line, tooLong);
            batch = await SendIfFullAsync(batch, queue, cancellation);
        }
        while (await reader.ReadAsync(cancellation))
        {
            Import(reader.Line, reader.TooLong);
            batch = await SendIfFullAsync(batch, queue, cancellation);
        }
        batch.LastLine = Tally.Lines;
        await queue.WriteAsync(batch, cancellation);
        queue.Complete();

        void Import(ReadOnlyMemory<byte> line, bool tooLong)
        {
            var number = ++Tally.Lines;
            var problem = tooLong ? "the line is too long" : importer.Import(line, number > from ? () => batch.Begin(number) : null);
            if (problem is null)
                return;
            Tally.Malformed++;
            rejects.Add(new RejectedLine(number, problem), line.Span);
        }
    }

    async ValueTask<EventBatch> SendIfFullAsync(EventBatch batch, ChannelWriter<EventBatch> queue, CancellationToken cancellation)
    {
        if (!batch.IsFull)
            return batch;
        batch.LastLine = Tally.Lines;
        await queue.WriteAsync(batch, cancellation);
        return new EventBatch(batch.Index + 1);
    }

    static async Task<List<(ReadOnlyMemory<byte> Line, bool TooLong)>> FirstLinesAsync(LineReader reader, CancellationToken cancellation)
    {
        var lines = new List<(ReadOnlyMemory<byte>, bool)>();
        while (lines.Count < DetectionLines && await reader.ReadAsync(cancellation))
            lines.Add((reader.Line.ToArray(), reader.TooLong));
        return lines;
    }

    static AccessLogFormat Detect(List<(ReadOnlyMemory<byte> Line, bool TooLong)> first)
    {
        if (AccessLogDetector.Detect([.. first.Select(line => line.Line)]) is { } format)
            return format;
        throw new UserErrorException(first.Count == 0
            ? "The log is empty."
            : "The log is in no format that is known; --format names one of combined, caddy, cloudfront, native.");
    }
}
