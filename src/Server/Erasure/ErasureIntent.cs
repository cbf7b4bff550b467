using System.Text.Json.Serialization;
using Footfall.Core.HitLog;

namespace Footfall.Server.Erasure;

/// <summary>An erasure that was asked for and is not finished: what survives a crash.</summary>
/// <param name="SiteName">As the site was called.</param>
/// <param name="Visitor">Sixteen hexadecimal digits; null is the whole site.</param>
/// <param name="RemovesSite">Whether the site itself goes as well.</param>
/// <param name="Through">Positions of the log up to which hits are erased, one a partition; null until the warehouse is done.</param>
sealed record ErasureIntent(
    string Id, DateTimeOffset RequestedAt, int Site, string SiteName, string? Visitor, bool RemovesSite,
    [property: JsonConverter(typeof(ThroughConverter))] IReadOnlyList<LogPosition>? Through, long Events, long Visits, IReadOnlyList<ErasedSegment> Segments);
