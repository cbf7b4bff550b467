using System.Text.RegularExpressions;

namespace Footfall.Tests.Tidy;

/// <summary>What the documents say is still so, and says nothing about the machine it was written on.</summary>
public sealed partial class Documents
{
    static readonly string[] Projects = ["src/Core/", "src/Adapters/", "src/Server/"];

    [Fact]
    public void A_document_has_one_title() =>
        Exemptions.Check(
            from file in Repository.Below("", ".md")
            let titles = Title().Count(Fence().Replace(file.Text, ""))
            where titles != 1
            select (file.Path, $"has {titles} lines that begin with one #"));

    [Fact]
    public void Architecture_names_every_room_and_every_adapter()
    {
        var architecture = Repository.Files.SingleOrDefault(file => file.Path == "ARCHITECTURE.md");
        Assert.True(architecture is not null, "ARCHITECTURE.md is missing.");
        Exemptions.Check(
            from parent in Projects
            from folder in Repository.FoldersIn(parent)
            where !Regex.IsMatch(architecture.Text, $@"\b{folder}\b")
            select (parent + folder, "is not in ARCHITECTURE.md"));
    }

    [Fact]
    public void A_path_that_a_document_names_exists() =>
        Exemptions.Check(
            from file in Repository.Below("", ".md")
            from Match path in NamedPath().Matches(file.Text)
            let named = path.Groups[1].Value
            where !Path.Exists(Path.Combine(Repository.Root, named))
            select ($"{file.Path}: {named}", "does not exist"));

    [Fact]
    public void No_file_names_a_package_registry() =>
        Exemptions.Check(
            from file in Repository.Files
            from Match host in RegistryHost().Matches(file.Text)
            select (file.Path, $"names {host.Value}; packages are named, not where they come from"));

    [Fact]
    public void No_file_names_a_folder_of_one_machine() =>
        Exemptions.Check(
            from file in Repository.Files
            from Match path in MachinePath().Matches(file.Text)
            select (file.Path, $"names {path.Value}"));

    [Fact]
    public void No_document_points_into_a_temporary_folder() =>
        Exemptions.Check(
            from file in Repository.Below("", ".md")
            from Match path in TemporaryPath().Matches(file.Text)
            select (file.Path, $"names {path.Value}"));

    [GeneratedRegex(@"^# ", RegexOptions.Multiline)]
    private static partial Regex Title();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    /// <summary>In backticks, whole, and of this repository's source; patterns and places that are built are not looked for.</summary>
    [GeneratedRegex(@"`((?:src|tests|bench|docs|deploy|\.ci)/[\w./-]+)`")]
    private static partial Regex NamedPath();

    [GeneratedRegex(@"(?:nuget|npmjs|yarnpkg|pypi|crates)\.(?:org|com|io)\b|registry\.[\w-]+\.(?:com|org|io|net)\b|""resolved"":\s*""https?:|_auth[T]oken", RegexOptions.IgnoreCase)]
    private static partial Regex RegistryHost();

    [GeneratedRegex(@"(?<![\w.$}~*-])/(?:wo[r]k|ro[o]t|home/[a-z])/[\w.-]*")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"(?<![\w.$}~*-])/tmp/[\w.-]*")]
    private static partial Regex TemporaryPath();
}
