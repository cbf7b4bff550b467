using Footfall.Core.HitLog;

namespace Footfall.Core.Rebuild;

/// <summary>What a rebuild changes: the same questions, asked of both versions at one position. What is not in it is the same.</summary>
/// <param name="Position">Both versions know every hit before it and none after.</param>
/// <param name="DefinitionBefore">What made the old numbers.</param>
/// <param name="DefinitionAfter">What made the new ones.</param>
/// <param name="Sites">How many sites were compared.</param>
/// <param name="Numbers">How many pairs of numbers were compared.</param>
/// <param name="Moved">How many of them differ.</param>
/// <param name="Movers">Those that differ, biggest first; the biggest <see cref="MoversMax"/> of them when there are more.</param>
public sealed record RebuildDifference(
    LogPosition Position, string DefinitionBefore, string DefinitionAfter, int Sites, long Numbers, long Moved, IReadOnlyList<Mover> Movers)
{
    public const int MoversMax = 20_000;
}
