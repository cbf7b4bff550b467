using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Footfall.Core.Archive;
using Footfall.Core.HitLog;
using Footfall.Core.Pipeline;
using Footfall.Core.Search;
using Footfall.Core.Sites;
using Footfall.Core.Warehouse;
using Footfall.Server.Admin;
using Footfall.Server.Rebuild;

namespace Footfall.Server.Erasure;

/// <summary>
/// Forgets a visitor or a site everywhere: first in the warehouse, whose position then says up to where; then in the archive; then the log lets go
/// of its copies; then the raw dump, if there is one; then the versions of a rebuild, which nothing may come back from. Every step can be done again, so that a crash half-way costs nothing but time.
/// </summary>
sealed class Erasures(
    ErasureFiles files, IHitLog log, IArchive archive, Archivers archivers, ArchiveTurn turn, IWarehouse warehouse, Processors processors,
    ICatalog catalog, Rebuilds rebuilds, TimeProvider clock, CommitWatch? watch = null, IHitDump? dump = null) : IDisposable
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    static readonly TimeSpan DeliveredWithin = TimeSpan.FromSeconds(10);

    readonly ConcurrentDictionary<string, string> _problems = new(StringComparer.Ordinal);
    readonly SemaphoreSlim _asked = new(0);

    public string PublicKey => files.PublicKey;

    /// <summary>Promises to forget: what this returns survives whatever happens.</summary>
    public ErasureIntent Ask(int site, string siteName, string? visitor, bool removesSite)
    {
        var now = clock.GetUtcNow();
        var id = now.UtcDateTime.ToString("yyyyMMdd-HHmmss-", CultureInfo.InvariantCulture) + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
        var intent = new ErasureIntent(id, now, site, siteName, visitor, removesSite, Through: null, Events: 0, Visits: 0, []);
        files.Save(intent);
        return intent;
    }

    /// <summary>Has what was asked for begun.</summary>
    public void Wake() => _asked.Release();

    /// <summary>Every erasure, newest first.</summary>
    public IReadOnlyList<ErasureDocument> All()
    {
        var done = files.Receipts().Select(found => new ErasureDocument(
            found.Receipt.Id, "done", found.Receipt.RequestedAt, found.Receipt.Site, found.Receipt.SiteName, found.Receipt.Visitor, Problem: null,
            found.Receipt, Convert.ToBase64String(found.Signature), found.IsGenuine)).ToList();
        var waiting = files.Pending().Where(intent => !done.Exists(receipt => receipt.Id == intent.Id)).Select(intent => new ErasureDocument(
            intent.Id, "waiting", intent.RequestedAt, intent.Site, intent.SiteName, intent.Visitor, _problems.GetValueOrDefault(intent.Id), null, null, null));
        return [.. done.Concat(waiting).OrderByDescending(document => document.Id, StringComparer.Ordinal)];
    }

    /// <summary>Works off what is pending, at start and whenever something is asked for; what fails is tried again.</summary>
    public async Task RunAsync(Action<Exception> failed, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            var retry = false;
            foreach (var intent in files.Pending())
            {
                try
                {
                    await EraseAsync(intent, cancellation);
                    _problems.TryRemove(intent.Id, out _);
                }
                catch (Exception failure) when (!cancellation.IsCancellationRequested)
                {
                    (_problems[intent.Id], retry) = (failure.Message, true);
                    failed(failure);
                }
            }
            await _asked.WaitAsync(retry ? TimeSpan.FromSeconds(10) : Timeout.InfiniteTimeSpan, cancellation);
        }
    }

    public void Dispose() => _asked.Dispose();

    async Task EraseAsync(ErasureIntent intent, CancellationToken cancellation)
    {
        if (intent.RemovesSite)
            catalog.RemoveSite(intent.Site);
        // An erasure that another process began looks at the live rows once more: it cannot know what was switched in since.
        var switches = intent.Through is null ? rebuilds.Switches : -1;
        intent = await ForgetRowsAsync(intent, cancellation);
        foreach (var through in intent.Through!)
        {
            intent = await EraseRawAsync(intent, through, cancellation);
            if (dump is not null)
                await EraseDumpedAsync(dump, intent, through, cancellation);
        }
        await rebuilds.ForgetAsync(intent.Site, VisitorOf(intent), switches, cancellation);
        files.Complete(ReceiptOf(intent));
    }

    async Task<ErasureIntent> EraseRawAsync(ErasureIntent intent, LogPosition through, CancellationToken cancellation)
    {
        var filter = new HitFilter(intent.Site, VisitorOf(intent));
        await archivers.SealAllAsync(through.Partition, cancellation);
        await new ArchiveEraser(archive, turn).EraseAsync(through.Partition, filter, through.Offset, erasure =>
        {
            intent = intent with { Segments = [.. intent.Segments.Where(known => known.Before != erasure.Before.Sha256), RecordOf(erasure)] };
            files.Save(intent);
            return ValueTask.CompletedTask;
        }, cancellation);
        await EmptyLogAsync(through, cancellation);
        return await CountAsync(filter, through, cancellation) is > 0 and var left
            ? throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{left} hits were found again after erasing"))
            : intent;
    }

    /// <summary>Everything accepted so far must be in the warehouse first, or it would come in after having been erased.</summary>
    async Task<ErasureIntent> ForgetRowsAsync(ErasureIntent intent, CancellationToken cancellation)
    {
        if (intent.Through is not null)
            return intent;
        var through = new List<LogPosition>();
        for (var partition = 0; partition < log.Partitions; partition++)
        {
            await ProcessedAsync(log.End(partition), cancellation);
            var gone = await warehouse.ForgetAsync(partition, intent.Site, VisitorOf(intent), cancellation);
            through.Add(gone.Through);
            intent = intent with { Events = intent.Events + gone.Events, Visits = intent.Visits + gone.Visits };
        }
        // Before it is written down as done: should this be the end of the process, everything is done again.
        if (watch is not null)
            await watch.ForgottenAsync(intent.Site, cancellation);
        intent = intent with { Through = through };
        files.Save(intent);
        return intent;
    }

    /// <summary>What is delivered later comes from the archive, which is blank by now; what was read before must have arrived, or it would come in afterwards.</summary>
    async Task EraseDumpedAsync(IHitDump dump, ErasureIntent intent, LogPosition through, CancellationToken cancellation)
    {
        var began = clock.GetTimestamp();
        while ((await dump.PositionAsync(through.Partition, cancellation))?.Offset is not { } delivered || delivered < through.Offset)
        {
            if (clock.GetElapsedTime(began) > DeliveredWithin)
                throw new InvalidOperationException("what was accepted is not all delivered to the raw dump yet");
            await Task.Delay(Pause, clock, cancellation);
        }
        await dump.EraseAsync(new HitFilter(intent.Site, VisitorOf(intent)), through, cancellation);
    }

    /// <summary>The log deletes whole files: it begins a new one, and everybody lets go of those before.</summary>
    async Task EmptyLogAsync(LogPosition through, CancellationToken cancellation)
    {
        while (log.Start(through.Partition).Offset < through.Offset)
        {
            await log.PartAsync(through.Partition, cancellation);
            var end = log.End(through.Partition);
            await archivers.SealAllAsync(through.Partition, cancellation);
            await ProcessedAsync(end, cancellation);
            await log.ReleaseAsync(Processor.ReaderName, end, cancellation);
        }
    }

    async Task ProcessedAsync(LogPosition end, CancellationToken cancellation)
    {
        while ((await processors.PositionAsync(end.Partition, cancellation)).Offset < end.Offset)
        {
            if (processors.Failure is { } failure)
                throw new InvalidOperationException($"what was accepted cannot be worked off: {failure}");
            await Task.Delay(Pause, clock, cancellation);
        }
    }

    async Task<long> CountAsync(HitFilter filter, LogPosition through, CancellationToken cancellation)
    {
        var left = 0L;
        await foreach (var found in new HitSearch(log, archive).FindAsync(through.Partition, filter, sealedOnly: true, cancellation))
        {
            if (found.Batch is not null && found.Position.Offset < through.Offset && found.Hit.Refusal is null)
                left++;
        }
        return left;
    }

    ErasureReceipt ReceiptOf(ErasureIntent intent)
    {
        var segments = intent.Segments.Select(erased => erased with
        {
            After = archive.Segments(erased.Partition).FirstOrDefault(segment => segment.Start <= erased.Start && segment.End >= erased.End)?.Sha256,
        }).OrderBy(segment => (segment.Partition, segment.Start)).ToList();
        return new ErasureReceipt(
            intent.Id, intent.RequestedAt, clock.GetUtcNow(), intent.Site, intent.SiteName, intent.Visitor, string.Join(' ', intent.Through!),
            segments.Sum(segment => segment.Hits), intent.Events, intent.Visits, segments.Sum(segment => segment.LostBlocks), Remaining: 0,
            StatusEndpoints.Version, segments);
    }

    static ErasedSegment RecordOf(SegmentErasure erasure) => new(
        erasure.Before.Partition, erasure.Before.Start, erasure.Before.End, erasure.Before.Sha256, After: null, erasure.Hits, erasure.LostBlocks);

    static ulong? VisitorOf(ErasureIntent intent) =>
        intent.Visitor is { } visitor ? ulong.Parse(visitor, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) : null;
}
