using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Footfall.Core.Archive;

namespace Footfall.Adapters.ArchiveFolder;

/// <summary>
/// The list of the segments, one JSON object a line. The files themselves say everything that it says but one thing: that a file was there which
/// is there no more. A list that is lost or damaged is made again from the files.
/// </summary>
sealed class Manifest(string folder, ArchiveDisk disk)
{
    const string Name = "manifest";

    static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter<ArchiveEffort>(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>What was listed; a line that cannot be read is as if it were not there.</summary>
    public IReadOnlyList<ArchiveSegment> Read()
    {
        var listed = new List<ArchiveSegment>();
        foreach (var line in Directory.EnumerateFiles(folder, Name + "*").Where(path => !path.EndsWith(SegmentName.AsideSuffix, StringComparison.Ordinal)).SelectMany(File.ReadLines))
        {
            try
            {
                if (JsonSerializer.Deserialize<ArchiveSegment>(line, Json) is { Sha256: not null } segment && segment.Start <= segment.End)
                    listed.Add(segment);
            }
            catch (JsonException)
            {
                // The file of the segment says the same.
            }
        }
        return listed;
    }

    /// <summary>Each partition has a list of its own, because each has a writer of its own.</summary>
    public void Write(int partition, IEnumerable<ArchiveSegment> segments)
    {
        var text = new StringBuilder();
        foreach (var segment in segments.Where(segment => segment.Partition == partition))
            text.Append(JsonSerializer.Serialize(segment, Json)).Append('\n');
        disk.Replace(Path.Combine(folder, partition == 0 ? Name : string.Create(CultureInfo.InvariantCulture, $"{Name}-{partition:D4}")), Encoding.UTF8.GetBytes(text.ToString()));
    }
}
