using System.Globalization;

namespace Footfall.Core.Search;

/// <summary>The position of a tail as text: an offset for each partition.</summary>
public static class TailPosition
{
    public static string TextOf(Dictionary<int, long> offsets) =>
        string.Join('_', offsets.OrderBy(pair => pair.Key).Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key}-{pair.Value}")));

    /// <exception cref="FormatException">It is none.</exception>
    public static Dictionary<int, long> Parse(string position)
    {
        var offsets = new Dictionary<int, long>();
        foreach (var part in position.Split('_'))
        {
            if (part.Split('-') is not [var first, var second]
                || !int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var partition)
                || !long.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out var offset))
            {
                throw new FormatException($"{position} is no position of a tail");
            }
            offsets[partition] = offset;
        }
        return offsets;
    }
}
