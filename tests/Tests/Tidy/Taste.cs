using System.Text.RegularExpressions;

namespace Footfall.Tests.Tidy;

/// <summary>Size, names and what is not left lying about. The length of functions and the rest of the house rules are the analyzers'.</summary>
public sealed partial class Taste
{
    const int LinesMax = 500;

    static readonly string[] SourceExtensions = [".cs", ".sql", ".ts", ".tsx", ".css"];

    /// <summary>Words that say nothing about what is inside.</summary>
    static readonly string[] EmptyWords = ["Util", "Utils", "Utility", "Utilities", "Helper", "Helpers", "Manager", "Common", "Base", "Wrapper", "Misc"];

    [Fact]
    public void A_source_file_has_at_most_500_lines() =>
        Exemptions.Check(
            from file in Sources()
            where file.Lines > LinesMax
            select (file.Path, $"has {file.Lines} lines; find the two things it does and part them"));

    [Fact]
    public void No_folder_has_an_empty_word_for_a_name() =>
        Exemptions.Check(
            from file in Repository.Files
            from folder in file.Path.Split('/').SkipLast(1)
            where EmptyWords.Contains(folder, StringComparer.OrdinalIgnoreCase)
            select (file.Path, $"lies in {folder}, which says nothing about it"));

    [Fact]
    public void No_type_ends_in_an_empty_word() =>
        Exemptions.Check(
            from file in Repository.Below("", ".cs")
            from Match type in DeclaredType().Matches(file.Text)
            from word in EmptyWords
            where type.Groups[1].Value.EndsWith(word, StringComparison.Ordinal)
            select (file.Path, $"declares {type.Groups[1].Value}; say what it does"));

    [Fact]
    public void Nothing_is_folded_away_or_left_for_later() =>
        Exemptions.Check(
            from file in Sources().Concat(Repository.Below("", ".sh", ".csproj", ".props", ".yml", ".yaml", ""))
            from Match left in LeftForLater().Matches(file.Text)
            select (file.Path, $"holds {left.Value}"));

    [Fact]
    public void Every_type_is_used_somewhere_else() =>
        Exemptions.Check(
            from file in Repository.Below("src/", ".cs")
            where file.Stem is not "Program" && !IsUsed(file)
            select (file.Path, "declares a type that no other file of src names; delete it"));

    [Fact]
    public void Every_query_is_loaded_by_its_name() =>
        Exemptions.Check(
            from file in Repository.Below("src/", ".sql")
            where !Repository.Below("src/", ".cs").Any(other => other.Text.Contains(file.Stem, StringComparison.Ordinal))
            select (file.Path, "is named by no file of src; delete it"));

    static IEnumerable<SourceFile> Sources() => Repository.Below("", SourceExtensions);

    /// <summary>By name; a static class of extension methods by the name of one of them.</summary>
    static bool IsUsed(SourceFile file)
    {
        IEnumerable<string> names = [file.Stem, .. ExtensionMethod().Matches(file.Text).Select(method => method.Groups[1].Value)];
        var used = new Regex($@"\b({string.Join('|', names)})\b");
        return Repository.Below("src/", ".cs").Any(other => other.Stem != file.Stem && used.IsMatch(other.Text));
    }

    [GeneratedRegex(@"\b(?:class|struct|record|interface|enum)\s+([A-Z]\w*)")]
    private static partial Regex DeclaredType();

    [GeneratedRegex(@"\bstatic\s+[\w<>\[\]?,. ]+?\s(\w+)(?:<\w+>)?\(this\s")]
    private static partial Regex ExtensionMethod();

    // In parts, so that this file does not find itself.
    [GeneratedRegex("#" + "region|\\bTO" + "DO\\b|\\bFIX" + "ME\\b|\\bHA" + "CK\\b")]
    private static partial Regex LeftForLater();
}
