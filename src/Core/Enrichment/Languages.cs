using System.Globalization;
using Footfall.Core.Hits;

namespace Footfall.Core.Enrichment;

/// <summary>Reads the language a visitor prefers.</summary>
public static class Languages
{
    const int TagLengthMax = 35;

    /// <summary>
    /// The tag with the highest weight of an Accept-Language header, or of a lone tag such as <c>en_US</c>; the first of equals. Lower
    /// case, with hyphens; (unknown) when there is none. Never throws.
    /// </summary>
    public static string Primary(string? acceptLanguage)
    {
        ReadOnlySpan<char> best = default;
        var bestWeight = 0.0;
        var text = acceptLanguage.AsSpan();
        foreach (var range in text.Split(','))
        {
            var entry = text[range];
            var semicolon = entry.IndexOf(';');
            var tag = (semicolon < 0 ? entry : entry[..semicolon]).Trim();
            var weight = semicolon < 0 ? 1.0 : Weight(entry[(semicolon + 1)..]);
            if (weight > bestWeight && IsTag(tag))
            {
                best = tag;
                bestWeight = weight;
            }
        }
        if (best.IsEmpty)
            return Labels.Unknown;
        Span<char> normal = stackalloc char[TagLengthMax];
        for (var at = 0; at < best.Length; at++)
            normal[at] = best[at] == '_' ? '-' : char.ToLowerInvariant(best[at]);
        return RecentText.Of(normal[..best.Length]);
    }

    static double Weight(ReadOnlySpan<char> parameter)
    {
        var text = parameter.Trim();
        if (!text.StartsWith("q=", StringComparison.OrdinalIgnoreCase))
            return 1.0;
        return double.TryParse(text[2..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight) ? weight : 0.0;
    }

    static bool IsTag(ReadOnlySpan<char> tag)
    {
        if (tag.Length is < 2 or > TagLengthMax || !char.IsAsciiLetter(tag[0]) || !char.IsAsciiLetter(tag[1]))
            return false;
        foreach (var letter in tag)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '_'))
                return false;
        }
        return true;
    }
}
