namespace Footfall.Server.SetAside;

/// <summary>Hits on which a step of processing failed.</summary>
/// <param name="Total">How many there are; no more than a page of them is given.</param>
sealed record SetAsideDocument(long Total, IReadOnlyList<SetAsideEntry> Hits);
