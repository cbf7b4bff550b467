using System.Text.Json;

namespace Footfall.Server.Cli.Wire;

/// <summary>The raw hits since a position.</summary>
public sealed record HitTailAnswer(IReadOnlyList<JsonElement> Hits, string Position);
