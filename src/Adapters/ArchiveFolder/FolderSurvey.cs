using Footfall.Core.Archive;

namespace Footfall.Adapters.ArchiveFolder;

/// <summary>What is found in an archive's folder when it is opened.</summary>
/// <param name="Segments">Those that count, oldest first.</param>
/// <param name="Missing">Those that should be there and are not.</param>
/// <param name="Leftovers">Paths of files that a crash left and that count for nothing.</param>
sealed record FolderSurvey(IReadOnlyList<ArchiveSegment> Segments, IReadOnlyList<ArchiveSegment> Missing, IReadOnlyList<string> Leftovers)
{
    public static FolderSurvey Of(string folder, IReadOnlyList<ArchiveSegment> listed)
    {
        var byName = listed.GroupBy(SegmentName.Of, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        var found = new List<ArchiveSegment>();
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*.segment"))
        {
            if ((byName.TryGetValue(file.Name, out var known) && known.Bytes == file.Length ? known : new FolderSegment(file.FullName).Describe()) is { } segment)
                found.Add(segment);
        }
        var counting = found.Where(segment => !found.Exists(other => other.Revision > segment.Revision && other.Covers(segment)))
            .OrderBy(segment => (segment.Partition, segment.Start)).ToList();
        var missing = listed.Where(segment => !counting.Exists(other => other.Covers(segment))).ToList();
        missing.AddRange(Holes(counting).Where(hole => !missing.Exists(hole.Covers)));
        var leftovers = Directory.EnumerateFiles(folder, "*" + SegmentName.AsideSuffix)
            .Concat(found.Except(counting).Select(segment => Path.Combine(folder, SegmentName.Of(segment)))).ToList();
        return new FolderSurvey(counting, missing, leftovers);
    }

    /// <summary>Consecutive segments meet; where they do not, one is gone.</summary>
    static IEnumerable<ArchiveSegment> Holes(IReadOnlyList<ArchiveSegment> segments) =>
        segments.Zip(segments.Skip(1))
            .Where(pair => pair.First.Partition == pair.Second.Partition && pair.First.End < pair.Second.Start)
            .Select(pair => pair.First with
            {
                Start = pair.First.End,
                End = pair.Second.Start,
                Bytes = 0,
                RawBytes = 0,
                Records = 0,
                Hits = 0,
                FirstReceivedAt = pair.First.LastReceivedAt,
                LastReceivedAt = pair.Second.FirstReceivedAt,
                Sha256 = "",
            });
}
