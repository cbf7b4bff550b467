using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;

namespace Footfall.Core.Hits;

/// <summary>
/// Texts that come again and again, such as addresses of pages and their titles, as one string each, so that the memory of a batch of events is
/// small and old before long. The latest of those that share a place is remembered, and nothing waits for anybody: threads that write one place at
/// once cost a string. A pool of a library (CommunityToolkit.HighPerformance) was tried; its locks and its order of use cost more than the strings.
/// </summary>
static class RecentText
{
    const int Places = 8_192;

    /// <summary>Longer ones, in bytes, mostly come once.</summary>
    const int LengthMax = 512;

    static readonly string?[] Known = new string?[Places];

    public static string Of(ReadOnlySpan<char> text)
    {
        var bytes = MemoryMarshal.AsBytes(text);
        if (bytes.Length is 0 or > LengthMax)
            return text.ToString();
        ref var place = ref PlaceOf(bytes);
        return place is { } known && text.SequenceEqual(known) ? known : place = text.ToString();
    }

    public static string OfUtf8(ReadOnlySpan<byte> text)
    {
        if (text.Length is 0 or > LengthMax || !Ascii.IsValid(text))
            return Encoding.UTF8.GetString(text);
        ref var place = ref PlaceOf(text);
        return place is { } known && Ascii.Equals(text, known) ? known : place = Encoding.ASCII.GetString(text);
    }

    static ref string? PlaceOf(ReadOnlySpan<byte> bytes) => ref Known[XxHash3.HashToUInt64(bytes) % Places];
}
