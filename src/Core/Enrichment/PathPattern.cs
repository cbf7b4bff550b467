namespace Footfall.Core.Enrichment;

/// <summary>A path with wildcards, as owners write it: <c>*</c> stands for any run of characters, everything else for itself.</summary>
public static class PathPattern
{
    public static bool Matches(ReadOnlySpan<char> path, ReadOnlySpan<char> pattern)
    {
        // The usual two-pointer match: on a mismatch, the last star takes one character more.
        int at = 0, rule = 0, star = -1, mark = 0;
        while (at < path.Length)
        {
            if (rule < pattern.Length && pattern[rule] == '*')
            {
                star = rule++;
                mark = at;
            }
            else if (rule < pattern.Length && pattern[rule] == path[at])
            {
                rule++;
                at++;
            }
            else if (star >= 0)
            {
                rule = star + 1;
                at = ++mark;
            }
            else
            {
                return false;
            }
        }
        return pattern[rule..].Trim('*').IsEmpty;
    }
}
