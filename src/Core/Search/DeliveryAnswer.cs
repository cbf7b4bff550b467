namespace Footfall.Core.Search;

/// <summary>What became of hits that were delivered, one by one.</summary>
/// <param name="Delivered">How many are there now and were not before, as far as whoever took them can tell.</param>
/// <param name="Repeated">How many were there already.</param>
/// <param name="Refused">Those that would always be refused.</param>
/// <param name="Later">Those that may be taken later, because whoever takes them has too much to do or cannot.</param>
/// <param name="Reason">Why later, in words for an operator; null when none is.</param>
public sealed record DeliveryAnswer(int Delivered, int Repeated, IReadOnlyList<RefusedDocument> Refused, IReadOnlyList<FoundHit> Later, string? Reason);
