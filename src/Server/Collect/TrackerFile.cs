using System.Security.Cryptography;

namespace Footfall.Server.Collect;

/// <summary>One of the tracker's files, plain and as compressed by the build.</summary>
sealed class TrackerFile
{
    readonly Dictionary<string, (byte[] Bytes, string Tag)> _encodings = new(StringComparer.Ordinal);

    public TrackerFile(string resource)
    {
        Add("", resource);
        Add("gzip", resource + ".gz");
        Add("br", resource + ".br");
    }

    /// <summary>The smallest form that a client takes, with its entity tag.</summary>
    /// <param name="accepts">Whether the client takes an encoding.</param>
    public (string Encoding, byte[] Bytes, string Tag) For(Func<string, bool> accepts)
    {
        var encoding = accepts("br") ? "br" : accepts("gzip") ? "gzip" : "";
        var (bytes, tag) = _encodings[encoding];
        return (encoding, bytes, tag);
    }

    void Add(string encoding, string resource)
    {
        using var stream = typeof(TrackerFile).Assembly.GetManifestResourceStream(resource)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        var content = bytes.ToArray();
        _encodings.Add(encoding, (content, $"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 12))}\""));
    }
}
