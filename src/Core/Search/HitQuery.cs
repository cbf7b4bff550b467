using Footfall.Core.Archive;
using Footfall.Core.Enrichment;

namespace Footfall.Core.Search;

/// <summary>Which raw hits of a site are looked for. What is null does not matter.</summary>
public sealed record HitQuery(int Site)
{
    /// <summary>The most hits that one answer holds.</summary>
    public const int LimitMost = 500;

    /// <summary>Received at or after, milliseconds.</summary>
    public long From { get; init; } = long.MinValue;

    /// <summary>Received before, milliseconds.</summary>
    public long To { get; init; } = long.MaxValue;

    public ulong? Visitor { get; init; }

    /// <summary>The name of the event, whole.</summary>
    public string? Event { get; init; }

    /// <summary>The path of the page as it was sent; <c>*</c> stands for any run of characters.</summary>
    public string? Path { get; init; }

    /// <summary>Why the collector refused it.</summary>
    public string? Refusal { get; init; }

    /// <summary>The beginnings of words, all of which must be in the hit; see <see cref="HitTraits.WordsOf(string)"/>.</summary>
    public string? Text { get; init; }

    /// <summary>Only hits that stand before it: how the next page is asked for.</summary>
    public HitPlace? Before { get; init; }

    public int Limit { get; init; } = 50;

    /// <summary>What of it the archive can tell without reading.</summary>
    public HitFilter Filter => new(Site, Visitor, From, Before is { } before && before.ReceivedAt < To ? before.ReceivedAt + 1 : To);

    public bool Matches(FoundHit found)
    {
        var hit = found.Hit;
        if (hit.Site != Site || found.ReceivedAt < From || found.ReceivedAt >= To || (Before is { } before && found.Place >= before))
            return false;
        if (Visitor is { } visitor && (hit.Visitor != visitor || hit.Refusal is not null))
            return false;
        if (Refusal is not null && hit.Refusal != Refusal)
            return false;
        return (Event ?? Path ?? Text) is null || Matches(HitTraits.Of(hit));
    }

    bool Matches(HitTraits traits) =>
        (Event is null || traits.Event == Event)
        && (Path is null || (traits.Path is { } path && PathPattern.Matches(path, Path)))
        && (Text is null || HitTraits.WordsOf(Text).All(begin => traits.Words.Any(word => word.StartsWith(begin, StringComparison.Ordinal))));
}
