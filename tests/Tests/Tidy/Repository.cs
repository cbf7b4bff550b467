using System.Diagnostics;

namespace Footfall.Tests.Tidy;

/// <summary>The files of the repository as they would be committed now: what git lists, or without git everything that is not built.</summary>
static class Repository
{
    static readonly string[] Built = ["artifacts", "node_modules", ".git", "TestResults", "dist", "data", ".vs"];

    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<SourceFile> Files { get; } = [.. Paths().Order(StringComparer.Ordinal).Select(Read).OfType<SourceFile>()];

    public static IEnumerable<SourceFile> Below(string folder, params string[] extensions) =>
        Files.Where(file => file.Path.StartsWith(folder, StringComparison.Ordinal) && extensions.Contains(file.Extension));

    /// <summary>The folders directly in one, that hold any file.</summary>
    public static IReadOnlyList<string> FoldersIn(string folder) =>
        [.. Files.Where(file => file.Path.StartsWith(folder, StringComparison.Ordinal))
            .Select(file => file.Path[folder.Length..].Split('/'))
            .Where(parts => parts.Length > 1)
            .Select(parts => parts[0])
            .Distinct()];

    static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Footfall.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }

    static IEnumerable<string> Paths() => FromGit() ?? FromDisk();

    static string[]? FromGit()
    {
        var start = new ProcessStartInfo("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        {
            WorkingDirectory = Root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var git = Process.Start(start)!;
            git.ErrorDataReceived += static (_, _) => { };
            git.BeginErrorReadLine();
            var listed = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            return git.ExitCode == 0 ? listed.Split('\0', StringSplitOptions.RemoveEmptyEntries) : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    static IEnumerable<string> FromDisk() =>
        Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Intersect(Built).Any());

    /// <summary>Null for a file that is listed and deleted, and for one that is no text.</summary>
    static SourceFile? Read(string path)
    {
        var full = Path.Combine(Root, path);
        if (!File.Exists(full))
            return null;
        var bytes = File.ReadAllBytes(full);
        return bytes.AsSpan(0, Math.Min(bytes.Length, 8_000)).Contains((byte)0) ? null : new SourceFile(path, System.Text.Encoding.UTF8.GetString(bytes));
    }
}
