namespace Footfall.Core.Reports;

/// <summary>Finds what somebody may have meant.</summary>
public static class NearestNames
{
    const int Most = 3;

    /// <summary>The known names within a third of their length in edits of an unknown one, or that contain it; nearest first.</summary>
    public static IReadOnlyList<string> To(string unknown, IEnumerable<string> known)
    {
        var asked = unknown.Length <= 100 ? unknown.ToLowerInvariant() : unknown[..100].ToLowerInvariant();
        return
        [
            .. known.Select(name => (name, distance: Distance(asked, name)))
                .Where(pair => pair.distance <= Math.Max(2, pair.name.Length / 3) || (asked.Length > 2 && pair.name.Contains(asked, StringComparison.Ordinal)))
                .OrderBy(pair => pair.distance).ThenBy(pair => pair.name, StringComparer.Ordinal)
                .Take(Most).Select(pair => pair.name),
        ];
    }

    /// <summary>How many letters must be added, dropped, changed, or swapped with a neighbour (Damerau and Levenshtein).</summary>
    public static int Distance(string left, string right)
    {
        var table = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
            table[i, 0] = i;
        for (var j = 0; j <= right.Length; j++)
            table[0, j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            for (var j = 1; j <= right.Length; j++)
            {
                var change = table[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                table[i, j] = Math.Min(change, 1 + Math.Min(table[i - 1, j], table[i, j - 1]));
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
            }
        }
        return table[left.Length, right.Length];
    }
}
