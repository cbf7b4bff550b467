using System.Xml.Linq;

namespace Footfall.Tests.Tidy;

/// <summary>Dependencies point one way, and only the adapters rent.</summary>
public sealed class ProjectWalls
{
    [Theory]
    [InlineData("src/Core/Footfall.Core.csproj")]
    [InlineData("src/Adapters/Footfall.Adapters.csproj", "Core")]
    [InlineData("src/Server/Footfall.Server.csproj", "Adapters", "Core")]
    [InlineData("tests/Tests/Footfall.Tests.csproj", "Adapters", "Core", "Server")]
    [InlineData("tests/EndToEnd/Footfall.EndToEnd.csproj")]
    [InlineData("tests/Drill/Footfall.Drill.csproj")]
    [InlineData("bench/Bench/Footfall.Bench.csproj", "Adapters", "Core")]
    public void A_project_references_these_and_no_other(string project, params string[] references) =>
        Assert.Equal(references, Included(project, "ProjectReference").Select(path => path.Split('.')[^2]));

    [Fact]
    public void There_are_seven_projects() => Assert.Equal(7, Repository.Below("", ".csproj").Count());

    [Fact]
    public void Core_uses_no_package_but_a_checksum() =>
        Assert.Equal(["System.IO.Hashing"], Included("src/Core/Footfall.Core.csproj", "PackageReference"));

    [Fact]
    public void Project_references_are_not_transitive() =>
        Assert.Contains("<DisableTransitiveProjectReferences>true<", Repository.Files.Single(file => file.Path == "Directory.Build.props").Text, StringComparison.Ordinal);

    static IEnumerable<string> Included(string project, string element) =>
        XDocument.Parse(Repository.Files.Single(file => file.Path == project).Text)
            .Descendants(element)
            .Select(reference => reference.Attribute("Include")!.Value)
            .Order(StringComparer.Ordinal);
}
