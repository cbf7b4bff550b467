using System.Text.RegularExpressions;

namespace Footfall.Tests.Tidy;

/// <summary>Who may name whom, told by the text of the files.</summary>
public sealed partial class Rooms
{
    /// <summary>In the order a hit meets them. A room uses only those before it.</summary>
    static readonly string[] InOrder = ["Accounts", "Sites", "Hits", "Leases", "HitLog", "Enrichment", "Visits", "Archive", "Warehouse", "Rollups", "Reports", "Pipeline", "Rebuild", "Search"];

    [Fact]
    public void Core_has_no_room_but_these() =>
        Exemptions.Check(Repository.FoldersIn("src/Core/").Except(InOrder).Select(room => ("src/Core/" + room, "is no room of Core; see the list in this test")));

    [Fact]
    public void Core_does_no_input_or_output() =>
        Exemptions.Check(
            from file in Repository.Below("src/Core/", ".cs")
            from Match use in InputOrOutput().Matches(file.Text)
            select (file.Path, $"names {use.Value}; put it behind a port"));

    [Fact]
    public void A_room_of_Core_uses_only_rooms_before_it() =>
        Exemptions.Check(
            from room in InOrder
            from later in InOrder.SkipWhile(name => name != room).Skip(1)
            from file in Repository.Below($"src/Core/{room}/", ".cs")
            where Names(file, "Core", later)
            select (file.Path, $"is in {room} and names the later room {later}"));

    /// <summary>No technologies, but what adapters of several have in common: statements, with how an engine's dialect differs, and whose certificates are believed.</summary>
    static readonly string[] Common = ["Sql", "Tls"];

    [Fact]
    public void An_adapter_never_names_another()
    {
        var folders = Repository.FoldersIn("src/Adapters/");
        Exemptions.Check(
            from folder in folders
            from other in folders
            where folder != other && !Common.Contains(other)
            from file in Repository.Below($"src/Adapters/{folder}/", ".cs")
            where Names(file, "Adapters", other)
            select (file.Path, $"names the adapter {other}; what they share belongs behind a port"));
    }

    [Fact]
    public void Only_the_composition_names_adapters() =>
        Exemptions.Check(
            from file in Repository.Below("src/Server/", ".cs")
            where !IsComposition(file) && AnyAdapter().IsMatch(file.Text)
            select (file.Path, "names an adapter; take the port, and let a src/Server/Composition*.cs choose"));

    static bool IsComposition(SourceFile file) => file.Path.StartsWith("src/Server/Composition", StringComparison.Ordinal);

    /// <summary>Whether a file names a folder's namespace, in full or from its own, or a type of it through the last part.</summary>
    static bool Names(SourceFile file, string project, string folder)
    {
        if (Regex.IsMatch(file.Text, $@"(?<!\w)(Footfall\.)?{project}\.{folder}\b"))
            return true;
        var types = string.Join('|', Repository.Below($"src/{project}/{folder}/", ".cs").Select(other => Regex.Escape(other.Stem)).Distinct());
        return types.Length > 0 && Regex.IsMatch(file.Text, $@"(?<![\w.]){folder}\.({types})\b");
    }

    [GeneratedRegex(@"(?<![\w.])(System\.IO(?!\.Hashing\b)|System\.Net\.(Http|Sockets))\b")]
    private static partial Regex InputOrOutput();

    [GeneratedRegex(@"(?<!\w)(?<!namespace )(Footfall\.)?Adapters\.[A-Z]\w*")]
    private static partial Regex AnyAdapter();
}
