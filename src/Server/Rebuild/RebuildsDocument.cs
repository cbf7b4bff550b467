namespace Footfall.Server.Rebuild;

/// <summary>The rebuild, and whether one is called for.</summary>
/// <param name="Definition">The logic and rules that make new numbers.</param>
/// <param name="MadeBy">What made the numbers there are. A version that is not current is a reason to rebuild.</param>
/// <param name="Rebuild">Null when there is none.</param>
sealed record RebuildsDocument(string Definition, IReadOnlyList<MadeByDocument> MadeBy, RebuildDocument? Rebuild);
