using System.Reflection;
using Footfall.Core.Archive;
using Footfall.Core.Enrichment;
using Footfall.Core.HitLog;
using Footfall.Core.Pipeline;
using Footfall.Core.Sites;
using Footfall.Core.Warehouse;
using Footfall.Server.Search;
using Footfall.Server.Settings;

namespace Footfall.Server.Admin;

/// <summary>How the process is: what doctor asks.</summary>
sealed class StatusEndpoints(
    FootfallSettings settings, DataFolder folder, IHitLog log, IWarehouse warehouse, Processors processors, LogReach reach, SiteDirectory sites,
    EnrichmentRules rules, IArchive archive, Archivers archivers, TimeProvider clock, DumpState? dump = null, SpillingHitLog? spill = null)
{
    /// <summary>The version of this program.</summary>
    public static string Version { get; } =
        typeof(StatusEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/status", GetAsync).WithName("getStatus").WithSummary("Versions, lag, disk and clock of this process.")
            .Produces<StatusDocument>();

    async Task<StatusDocument> GetAsync(CancellationToken cancellation)
    {
        var position = await reach.ProcessedAsync(cancellation);
        var pending = await reach.PendingAsync(cancellation);
        var disk = new DriveInfo(folder.Path);
        return new StatusDocument(
            Version,
            DefinitionVersion.Of(rules),
            DataFolder.Version,
            settings.Roles,
            new LogStatus(log.Unavailable, reach.Start, reach.End, reach.Bytes, [.. warehouse.Damage().Select(StatusOf)]),
            new ProcessorStatus(position, pending ?? 0, processors.CompleteUntil ?? clock.GetUtcNow(), processors.Failure),
            new GeographyStatus(rules.Geography.Version, rules.Geography.Attribution),
            new UserAgentStatus(rules.Agents.Version),
            new DiskStatus(disk.AvailableFreeSpace, disk.TotalSize),
            clock.GetUtcNow(),
            sites.All.Count,
            Environment.WorkingSet,
            StatusOf([.. reach.Partitions.SelectMany(archive.Segments)]),
            dump is null ? null : await dump.StatusAsync(cancellation),
            spill is null ? null : new SpillStatus(spill.FarUnavailable, spill.Waiting, spill.WaitingMost));
    }

    ArchiveStatus StatusOf(IReadOnlyList<ArchiveSegment> segments) => new(
        segments.Count,
        segments.Sum(segment => segment.Hits),
        segments.Sum(segment => segment.Bytes),
        segments.Count == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(segments.Min(segment => segment.FirstReceivedAt)),
        segments.Count == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(segments.Max(segment => segment.LastReceivedAt)),
        archivers.Lag,
        archive.Missing.Count,
        archivers.Failure);

    static LogDamageStatus StatusOf(LogDamage damage) => new(damage.Start, damage.End, DateTimeOffset.FromUnixTimeMilliseconds(damage.FoundAt));
}
