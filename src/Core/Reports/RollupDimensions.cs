using Footfall.Core.Rollups;

namespace Footfall.Core.Reports;

/// <summary>Which dimensions a rollup has besides the day as a whole, and what it was made with.</summary>
public static class RollupDimensions
{
    /// <summary>The id of the day as a whole.</summary>
    public const string Whole = "";

    /// <summary>The one of time: its values are the day's hours.</summary>
    public static Dimension Hour { get; } = Dimensions.Find("hour")!;

    public static IReadOnlyList<Dimension> All { get; } =
    [
        .. "hour channel source medium campaign referrer page entry_page exit_page hostname title country region city browser os device screen_class language event"
            .Split(' ').Select(id => Dimensions.Find(id)!),
    ];

    public static bool Has(Dimension dimension) => All.Contains(dimension);

    /// <summary>See <see cref="RolledDay.Basis"/>.</summary>
    /// <param name="madeBy">What made the rows of the day, as <see cref="MadeBy"/> writes it: not what would make them now.</param>
    public static string Basis(string timeZone, string madeBy) => $"{timeZone} {madeBy} {SliceCodec.Version}";

    /// <summary>What made the rows of a day, by the basis of its rollup; null when that is of another time zone or layout, and so as good as none.</summary>
    public static string? MadeByOf(string basis, string timeZone)
    {
        var (before, after) = (timeZone + " ", $" {SliceCodec.Version}");
        return basis.Length >= before.Length + after.Length && basis.StartsWith(before, StringComparison.Ordinal) && basis.EndsWith(after, StringComparison.Ordinal)
            ? basis[before.Length..^after.Length]
            : null;
    }
}
