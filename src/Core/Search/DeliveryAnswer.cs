namespace Footfall.Core.Search;

/// <summary>What became of hits that were delivered, one by one.</summary>
/// <param name="Delivered">Those that are there now and were not before, as far as whoever took them can tell.</param>
/// <param name="Repeated">Those that were there already.</param>
/// <param name="Refused">Those that would always be refused.</param>
/// <param name="Later">Those that may be taken later, because whoever takes them has too much to do or cannot.</param>
/// <param name="Reason">Why later, in words for an operator; null when none is.</param>
public sealed record DeliveryAnswer(
    IReadOnlyList<FoundHit> Delivered, IReadOnlyList<FoundHit> Repeated, IReadOnlyList<RefusedDocument> Refused, IReadOnlyList<FoundHit> Later, string? Reason)
{
    /// <summary>What it says of some of the hits.</summary>
    public DeliveryAnswer Of(IReadOnlyList<FoundHit> hits)
    {
        var wanted = hits.Select(hit => hit.Id).ToHashSet();
        List<FoundHit> later = [.. Later.Where(hit => wanted.Contains(hit.Id))];
        return new DeliveryAnswer(
            [.. Delivered.Where(hit => wanted.Contains(hit.Id))],
            [.. Repeated.Where(hit => wanted.Contains(hit.Id))],
            [.. Refused.Where(hit => wanted.Contains(hit.Id))],
            later,
            later.Count > 0 ? Reason : null);
    }
}
