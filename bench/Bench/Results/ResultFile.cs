using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Footfall.Bench.Results;

/// <summary>The figures of one benchmark: printed, and kept in bench/results with the commit, the machine and the date. Written only by running.</summary>
sealed class ResultFile(string name, string title, string how)
{
    readonly StringBuilder _table = new();

    /// <summary>Begins a table.</summary>
    public void Columns(params string[] columns)
    {
        if (_table.Length > 0)
            _table.Append('\n');
        Row(columns);
        Row([.. columns.Select(_ => "---")]);
    }

    public void Row(params string[] cells) => _table.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    public void Paragraph(string text) => _table.Append('\n').Append(text).Append('\n');

    /// <returns>The exit code of a benchmark that came this far.</returns>
    public int Save()
    {
        var text = $"# {title}\n\n{how}\n\n{_table}\nCommit {Commit()}, {Machine()}, {DateTime.UtcNow.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC.\n";
        var folder = Directory.CreateDirectory(Path.Combine(ServerProcess.Root, "bench", "results"));
        File.WriteAllText(Path.Combine(folder.FullName, name + ".md"), text);
        Console.WriteLine(text);
        return 0;
    }

    public static string Number(double value, int digits = 0) => value.ToString("N" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    public static string Milliseconds(TimeSpan time) => Number(time.TotalMilliseconds, 2) + " ms";

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    static string Commit()
    {
        var commit = Ask("git", "rev-parse", "--short", "HEAD");
        return Ask("git", "status", "--porcelain", "--untracked-files=no", "--", "src", "bench/Bench", "tests/EndToEnd/Harness").Length == 0
            ? commit
            : commit + " with changes";
    }

    static string Machine()
    {
        var model = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
            : null;
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024 * 1024 * 1024);
        return $"{Environment.ProcessorCount} cores of {model ?? "an unnamed processor"}, {memory} GiB, .NET {Environment.Version}";
    }

    static string Ask(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = ServerProcess.Root,
        };
        using var process = Process.Start(start)!;
        var answer = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return answer;
    }
}
