namespace Footfall.Server.Settings;

/// <summary>Finds what someone probably meant.</summary>
static class NearestName
{
    /// <summary>The candidate with the fewest changes, or null when none is near.</summary>
    public static string? Of(string given, IEnumerable<string> candidates)
    {
        var (nearest, distance) = candidates
            .Select(candidate => (Candidate: candidate, Distance: Changes(given, candidate)))
            .OrderBy(pair => pair.Distance)
            .FirstOrDefault((Candidate: "", Distance: int.MaxValue));
        return distance <= Math.Max(2, given.Length / 3) ? nearest : null;
    }

    /// <summary>Levenshtein's distance, without regard to case.</summary>
    static int Changes(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var same = char.ToLowerInvariant(from[i - 1]) == char.ToLowerInvariant(to[j - 1]);
                var change = diagonal + (same ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
