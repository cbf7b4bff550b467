using System.Reflection;
using Footfall.Core.Archive;
using Footfall.Core.Enrichment;
using Footfall.Core.HitLog;
using Footfall.Core.Pipeline;
using Footfall.Core.Sites;
using Footfall.Core.Warehouse;
using Footfall.Server.Settings;

namespace Footfall.Server.Admin;

/// <summary>How the process is: what doctor asks.</summary>
sealed class StatusEndpoints(
    FootfallSettings settings, DataFolder folder, IHitLog log, IWarehouse warehouse, Processor processor, SiteDirectory sites,
    EnrichmentRules rules, IArchive archive, Archiver archiver, TimeProvider clock)
{
    /// <summary>The version of this program.</summary>
    public static string Version { get; } =
        typeof(StatusEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/status", Get).WithName("getStatus").WithSummary("Versions, lag, disk and clock of this process.")
            .Produces<StatusDocument>();

    StatusDocument Get()
    {
        var (start, end) = (log.Start(0).Offset, log.End(0).Offset);
        var disk = new DriveInfo(folder.Path);
        return new StatusDocument(
            Version,
            DefinitionVersion.Of(rules),
            DataFolder.Version,
            settings.Roles,
            new LogStatus(log.Unavailable, start, end, end - start, [.. warehouse.Damage().Select(StatusOf)]),
            new ProcessorStatus(processor.Position.Offset, end - processor.Position.Offset, processor.CompleteUntil, processor.Failure),
            new GeographyStatus(rules.Geography.Version, rules.Geography.Attribution),
            new UserAgentStatus(rules.Agents.Version),
            new DiskStatus(disk.AvailableFreeSpace, disk.TotalSize),
            clock.GetUtcNow(),
            sites.All.Count,
            Environment.WorkingSet,
            StatusOf(archive.Segments(0), end));
    }

    ArchiveStatus StatusOf(IReadOnlyList<ArchiveSegment> segments, long end) => new(
        segments.Count,
        segments.Sum(segment => segment.Hits),
        segments.Sum(segment => segment.Bytes),
        segments.Count == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(segments[0].FirstReceivedAt),
        segments.Count == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(segments[^1].LastReceivedAt),
        end - archiver.Position.Offset,
        archive.Missing.Count,
        archiver.Failure);

    static LogDamageStatus StatusOf(LogDamage damage) => new(damage.Start, damage.End, DateTimeOffset.FromUnixTimeMilliseconds(damage.FoundAt));
}
