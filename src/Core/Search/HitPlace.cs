using System.Globalization;

namespace Footfall.Core.Search;

/// <summary>Where a hit stands in the order of a search: by time of receipt, ties by id.</summary>
/// <param name="ReceivedAt">Milliseconds since 1970, UTC.</param>
public readonly record struct HitPlace(long ReceivedAt, Guid Id) : IComparable<HitPlace>
{
    public static bool operator <(HitPlace left, HitPlace right) => left.CompareTo(right) < 0;

    public static bool operator >(HitPlace left, HitPlace right) => left.CompareTo(right) > 0;

    public static bool operator <=(HitPlace left, HitPlace right) => left.CompareTo(right) <= 0;

    public static bool operator >=(HitPlace left, HitPlace right) => left.CompareTo(right) >= 0;

    public int CompareTo(HitPlace other)
    {
        var byTime = ReceivedAt.CompareTo(other.ReceivedAt);
        return byTime != 0 ? byTime : Id.CompareTo(other.Id);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{ReceivedAt}.{Id:n}");

    /// <summary>What <see cref="ToString"/> wrote; null for anything else.</summary>
    public static HitPlace? TryParse(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return dot > 0
            && long.TryParse(text.AsSpan(0, dot), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var time)
            && Guid.TryParseExact(text.AsSpan(dot + 1), "n", out var id)
            ? new HitPlace(time, id)
            : null;
    }
}
