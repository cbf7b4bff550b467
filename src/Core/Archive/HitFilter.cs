using Footfall.Core.Hits;

namespace Footfall.Core.Archive;

/// <summary>Which hits are wanted.</summary>
/// <param name="From">Received at or after, milliseconds.</param>
/// <param name="To">Received before, milliseconds.</param>
/// <param name="Visitor">Only together with a site, because a visitor is one of a site.</param>
public sealed record HitFilter(int? Site = null, ulong? Visitor = null, long From = long.MinValue, long To = long.MaxValue)
{
    public static readonly HitFilter All = new();

    public bool Matches(HitBatch batch) => batch.ReceivedAt >= From && batch.ReceivedAt < To;

    /// <summary>Whether a hit of a batch that matches is wanted. One that was refused has no visitor.</summary>
    public bool Matches(in Hit hit) =>
        (Site is not { } site || hit.Site == site) && (Visitor is not { } visitor || (hit.Visitor == visitor && hit.Refusal is null));
}
