namespace Footfall.Core.Rollups;

/// <summary>A slice as it is worked with: a column for each thing that is said of a value, in the order of the rows.</summary>
public sealed class DaySlice
{
    public required DateOnly Day { get; init; }

    public required bool HasDaily { get; init; }

    public required bool HasLasting { get; init; }

    /// <summary>The distinct visitors that the sets count within, ascending; null when they are those of the day as a whole.</summary>
    public required ulong[]? Visitors { get; init; }

    public required string[] Values { get; init; }

    public required EventSums[] Events { get; init; }

    public required VisitSums[] Started { get; init; }

    /// <summary>Null for a row that has none.</summary>
    public required CarriedVisits[]?[] Carried { get; init; }

    public required VisitorSet[] Sets { get; init; }

    /// <summary>About how many bytes of memory it takes.</summary>
    public required long Size { get; init; }
}
