using System.Globalization;
using System.Text;

namespace Footfall.Server.Cli.Import;

/// <summary>Every rejected line of one import with its number and reason; the file exists only when there is one. Thread-safe.</summary>
sealed class RejectsFile : IDisposable
{
    const int ShownMax = 3;
    const int TextMax = 200;

    readonly Lock _lock = new();
    readonly List<string> _shown = [];
    StreamWriter? _writer;

    public RejectsFile(string path)
    {
        Path = path;
        File.Delete(path);
    }

    public string Path { get; }

    public long Count { get; private set; }

    /// <summary>The first few, for the person who waits.</summary>
    public IReadOnlyList<string> Shown => _shown;

    public void Add(RejectedLine rejected, ReadOnlySpan<byte> text)
    {
        var sentence = string.Create(CultureInfo.InvariantCulture, $"line {rejected.Line}: {rejected.Reason}");
        if (!text.IsEmpty)
            sentence += ": " + Printable(text);
        lock (_lock)
        {
            Count++;
            if (_shown.Count < ShownMax)
                _shown.Add(sentence);
            _writer ??= new StreamWriter(Path);
            _writer.WriteLine(sentence);
        }
    }

    public void Dispose() => _writer?.Dispose();

    /// <summary>The text without what could play tricks on a terminal.</summary>
    static string Printable(ReadOnlySpan<byte> text)
    {
        var start = Encoding.UTF8.GetString(text[..Math.Min(text.Length, TextMax)]);
        return string.Concat(start.Select(letter => char.IsControl(letter) ? '?' : letter)) + (text.Length > TextMax ? "…" : "");
    }
}
