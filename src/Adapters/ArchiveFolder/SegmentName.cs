using System.Globalization;
using System.Text.RegularExpressions;
using Footfall.Core.Archive;

namespace Footfall.Adapters.ArchiveFolder;

/// <summary>The name of a segment's file. It says what the segment covers, so that this is known whatever happens to the content.</summary>
static partial class SegmentName
{
    public const string AsideSuffix = ".aside";

    public static string Of(ArchiveSegment segment) => string.Create(
        CultureInfo.InvariantCulture, $"{segment.Partition:D4}-{segment.Start:D19}-{segment.End:D19}-r{segment.Revision}.segment");

    /// <summary>Whether a file, sealed or aside, is of a partition.</summary>
    public static bool IsOf(int partition, string name) => name.StartsWith(string.Create(CultureInfo.InvariantCulture, $"{partition:D4}-"), StringComparison.Ordinal);

    /// <summary>What a name says; null when it is not that of a segment.</summary>
    public static (int Partition, long Start, long End, int Revision)? Parse(string name)
    {
        if (Pattern().Match(name) is not { Success: true } match
            || !int.TryParse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var partition)
            || !long.TryParse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture, out var start)
            || !long.TryParse(match.Groups[3].ValueSpan, CultureInfo.InvariantCulture, out var end)
            || !int.TryParse(match.Groups[4].ValueSpan, CultureInfo.InvariantCulture, out var revision))
            return null;
        return start <= end ? (partition, start, end, revision) : null;
    }

    [GeneratedRegex(@"^(\d{4})-(\d{19})-(\d{19})-r(\d{1,9})\.segment$")]
    private static partial Regex Pattern();
}
