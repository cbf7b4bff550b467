using System.Text.Json;

namespace Footfall.Server.Cli.Wire;

/// <summary>A page of raw hits.</summary>
/// <param name="Next">What to ask for the next page with; null when there is none.</param>
public sealed record HitsAnswer(IReadOnlyList<JsonElement> Hits, string? Next);
