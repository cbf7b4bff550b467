using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Footfall.Core.Archive;
using Footfall.Core.HitLog;
using Footfall.Core.Sites;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Footfall.Server.Archive;

/// <summary>Looking into the raw archive: what it holds, whether it is sound, and the hits themselves, as lines of JSON.</summary>
sealed class ArchiveEndpoints(IHitLog log, LogReach reach, IArchive archive, Archivers archivers, SiteDirectory sites, IOptions<JsonOptions> json)
{
    const string Lines = "application/x-ndjson";
    const int FlushBytes = 64 << 10;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/archive", GetAsync).WithName("getArchive").WithSummary("The sealed segments of raw hits.").Produces<ArchiveDocument>();
        routes.MapGet("/api/v1/archive/verification", VerifyAsync).WithName("verifyArchive")
            .WithSummary("Reads every segment and compares it with its checksums; one line of JSON for each, with the hits that are hurt.")
            .Produces<VerifiedSegmentDocument>(200, Lines);
        routes.MapGet("/api/v1/hits", FindAsync).WithName("findHits")
            .WithSummary("Raw hits of a site, a visitor or a time, as they arrived: one line of JSON for each.")
            .Produces<string>(200, Lines).ProducesProblem(400).ProducesProblem(404);
    }

    async Task<ArchiveDocument> GetAsync(CancellationToken cancellation)
    {
        var segments = new List<ArchiveSegmentDocument>();
        foreach (var segment in reach.Partitions.SelectMany(archive.Segments))
            segments.Add(ArchiveSegmentDocument.Of(segment, await SitesOfAsync(segment, cancellation)));
        return new ArchiveDocument(
            segments,
            [.. archive.Missing.Select(segment => ArchiveSegmentDocument.Of(segment, sites: null))],
            archivers.Lag,
            archivers.Failure);
    }

    async Task<IReadOnlyDictionary<int, long>?> SitesOfAsync(ArchiveSegment segment, CancellationToken cancellation)
    {
        try
        {
            var index = await archive.IndexAsync(segment, cancellation);
            return index.IsRepaired
                ? null
                : index.Blocks.SelectMany(block => block.Facts.Sites).GroupBy(pair => pair.Key).ToDictionary(group => group.Key, group => group.Sum(pair => pair.Value));
        }
        catch (Exception unreadable) when (unreadable is ArchiveDamagedException or ArchiveChangedException)
        {
            return null;
        }
    }

    async Task VerifyAsync(HttpContext context, CancellationToken cancellation)
    {
        context.Response.ContentType = Lines;
        foreach (var segment in reach.Partitions.SelectMany(archive.Segments))
        {
            try
            {
                var damage = await Task.Run(() => archive.VerifyAsync(segment, cancellation).AsTask(), cancellation);
                await WriteAsync(context, segment, damage);
            }
            catch (ArchiveDamagedException damaged)
            {
                await WriteAsync(context, segment, [damaged.Damage]);
            }
            catch (ArchiveChangedException)
            {
                // What took its place is whole: it was read when it was written.
            }
        }
    }

    async Task WriteAsync(HttpContext context, ArchiveSegment segment, IReadOnlyList<ArchiveDamage> damage)
    {
        var line = new VerifiedSegmentDocument(ArchiveSegmentDocument.Of(segment, sites: null), segment.Bytes, [.. damage.Select(DamageDocument.Of)]);
        await JsonSerializer.SerializeAsync(context.Response.Body, line, json.Value.SerializerOptions, context.RequestAborted);
        await context.Response.WriteAsync("\n", context.RequestAborted);
    }

    async Task FindAsync(HttpContext context, [AsParameters] HitQuestion question, bool @sealed = false)
    {
        if (question.Filter(sites, out var problem) is not { } filter)
        {
            await problem!.WriteAsync(context);
            return;
        }
        context.Response.ContentType = Lines;
        var body = context.Response.BodyWriter;
        // The lines go to files and terminals, never into a page: letters stay letters.
        await using var writer = new Utf8JsonWriter(body, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        foreach (var partition in reach.Partitions)
        {
            await foreach (var found in new HitSearch(log, archive).FindAsync(partition, filter, @sealed, context.RequestAborted))
            {
                HitLine.Write(writer, found);
                writer.Flush();
                writer.Reset();
                body.Write("\n"u8);
                if (body.UnflushedBytes > FlushBytes)
                    await body.FlushAsync(context.RequestAborted);
            }
        }
        await body.FlushAsync(context.RequestAborted);
    }
}
