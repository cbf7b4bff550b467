using Footfall.Core.Rebuild;

namespace Footfall.Server.Rebuild;

/// <summary>What a rebuild changes. What is not in it is the same in both versions.</summary>
/// <param name="Position">Position of the log at which both versions were asked.</param>
/// <param name="Numbers">How many pairs of numbers were compared.</param>
/// <param name="Moved">How many of them differ.</param>
/// <param name="Movers">Those that differ, biggest first, as many as were asked for.</param>
sealed record DifferenceDocument(
    string Position, string DefinitionBefore, string DefinitionAfter, int Sites, long Numbers, long Moved, IReadOnlyList<Mover> Movers);
