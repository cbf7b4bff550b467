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

    string File => Path.Combine(folder, Name);

    /// <summary>What was listed; a line that cannot be read is as if it were not there.</summary>
    public IReadOnlyList<ArchiveSegment> Read()
    {
        var listed = new List<ArchiveSegment>();
        if (!System.IO.File.Exists(File))
            return listed;
        foreach (var line in System.IO.File.ReadLines(File))
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

    public void Write(IEnumerable<ArchiveSegment> segments)
    {
        var text = new StringBuilder();
        foreach (var segment in segments)
            text.Append(JsonSerializer.Serialize(segment, Json)).Append('\n');
        disk.Replace(File, Encoding.UTF8.GetBytes(text.ToString()));
    }
}
