using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace Footfall.Server.Cli.Import;

/// <summary>
/// Tells a file again under any name: its size and how it begins and ends, with the site and the server it goes to. A log that has grown since is
/// another file and is read anew, which counts nothing twice.
/// </summary>
static class FileIdentity
{
    const int SampleBytes = 64 * 1024;

    public static string Of(FileStream file, int site, string server)
    {
        var hash = new XxHash128();
        hash.Append(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{server}\n{site}\n{file.Length}\n")));
        Append(hash, file, 0);
        Append(hash, file, Math.Max(0, file.Length - SampleBytes));
        file.Position = 0;
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    static void Append(XxHash128 hash, FileStream file, long from)
    {
        var sample = new byte[SampleBytes];
        file.Position = from;
        hash.Append(sample.AsSpan(0, file.ReadAtLeast(sample, SampleBytes, throwOnEndOfStream: false)));
    }
}
