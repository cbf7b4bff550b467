namespace Footfall.Tests.Tidy;

/// <summary>A text file of the repository.</summary>
/// <param name="Path">From the root, with forward slashes.</param>
sealed record SourceFile(string Path, string Text)
{
    public string Extension => System.IO.Path.GetExtension(Path);

    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>The name up to its first dot: the type, where a file holds one.</summary>
    public string Stem => Name.Split('.')[0];

    public int Lines => Text.AsSpan().Count('\n');
}
