using System.Text.RegularExpressions;
using Footfall.Server.Settings;
using Footfall.Tests.Tidy;
using YamlDotNet.RepresentationModel;

namespace Footfall.Tests.Settings;

/// <summary>What deploy ships for containers cannot be run here; what can be told from the files is told.</summary>
public sealed partial class ShippedDeployments
{
    const string Chart = "deploy/helm/footfall/";

    static readonly string[] Roles = ["collector", "processor", "archiver", "reporter", "scheduler"];

    [Fact]
    public void Every_setting_that_is_named_is_one_and_takes_what_it_is_given()
    {
        var named = Repository.Below("deploy/", ".yml", ".yaml").SelectMany(file => Setting().Matches(file.Text)).Select(found => found.Value).Distinct().ToList();
        Assert.True(named.Count > 10, "the names of settings were not found");
        Assert.Empty(named.Except(SettingsTable.All.Select(setting => setting.Variable)));
        foreach (var (name, value) in Environment())
        {
            var setting = SettingsTable.All.Single(setting => setting.Variable == name);
            var values = setting.IsList ? value.Split(',') : [value];
            Assert.True(setting.Apply(new FootfallSettings(), values) is not null, $"{name} does not take {value}");
        }
    }

    [Fact]
    public void The_containers_are_those_of_the_cluster()
    {
        var services = Compose().Children.Keys.Select(key => key.ToString()).ToList();
        var script = Repository.Files.Single(file => file.Path == "cluster").Text;
        foreach (var list in (string[])["queues", "stores", "servers"])
        {
            var parts = Regex.Match(script, $"^{list}='([^']*)'", RegexOptions.Multiline).Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Assert.NotEmpty(parts);
            Assert.Empty(parts.Except(services));
        }
        Assert.Contains("balancer", services);
    }

    [Fact]
    public void The_chart_runs_every_role_and_uses_the_values_that_it_has_and_no_others()
    {
        var values = Read(Chart + "values.yaml");
        Assert.Equal(Roles.Order(), ((YamlMappingNode)values["replicas"]).Children.Keys.Select(key => key.ToString()).Order());
        var known = Leaves(values, "").ToList();
        var used = Repository.Below(Chart + "templates/", ".yaml").SelectMany(file => Value().Matches(file.Text)).Select(found => found.Groups[1].Value).Distinct().ToList();
        Assert.NotEmpty(used);
        Assert.DoesNotContain(used, name => !known.Exists(leaf => leaf == name || leaf.StartsWith(name + ".", StringComparison.Ordinal)));
        Assert.DoesNotContain(known, leaf => !used.Exists(name => leaf == name || leaf.StartsWith(name + ".", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_a_template_opens_it_ends()
    {
        foreach (var file in Repository.Below(Chart + "templates/", ".yaml"))
        {
            Assert.Equal(Opened().Count(file.Text), Ended().Count(file.Text));
            Assert.Equal(file.Text.Split("{{").Length - 1, Action().Count(file.Text));
        }
    }

    static YamlMappingNode Compose() => (YamlMappingNode)Read("deploy/compose/compose.yml")["services"];

    static IEnumerable<(string Name, string Value)> Environment()
    {
        var settings = (YamlMappingNode)Read("deploy/compose/compose.yml")["x-footfall"]["environment"];
        return settings.Children.Select(pair => (pair.Key.ToString(), Variable().Replace(pair.Value.ToString(), "0123456789abcdef0123456789abcdef")));
    }

    static YamlMappingNode Read(string path)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(Repository.Files.Single(file => file.Path == path).Text));
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }

    static IEnumerable<string> Leaves(YamlMappingNode node, string prefix) => node.Children.SelectMany(pair => pair.Value is YamlMappingNode inner
        ? Leaves(inner, $"{prefix}{pair.Key}.")
        : [prefix + pair.Key]);

    [GeneratedRegex("FOOTFALL_[A-Z_]+")]
    private static partial Regex Setting();

    [GeneratedRegex(@"\$\{[^}]*\}")]
    private static partial Regex Variable();

    [GeneratedRegex(@"\$?\.Values\.([A-Za-z.]+)")]
    private static partial Regex Value();

    [GeneratedRegex(@"\{\{-? (if|range|with) ")]
    private static partial Regex Opened();

    [GeneratedRegex(@"\{\{[^{}]*\}\}")]
    private static partial Regex Action();

    [GeneratedRegex(@"\{\{-? end ")]
    private static partial Regex Ended();
}
