using System.Text.Json;
using System.Text.RegularExpressions;

namespace Footfall.EndToEnd.Operating;

/// <summary>What deploy/monitoring ships is understood by Prometheus, and asks only for what a server tells.</summary>
public sealed partial class Monitoring(SharedServer shared)
{
    static readonly string Folder = Path.Combine(ServerProcess.Root, "deploy", "monitoring");

    [Theory]
    [InlineData("rules", "alerts.yml")]
    [InlineData("config", "prometheus.yml")]
    public async Task Prometheus_takes_the_files_as_they_are(string kind, string file) =>
        Assert.Equal(0, await Needs.RunAsync(Needs.Program("promtool"), "check", kind, Path.Combine(Folder, file)));

    [Fact]
    public async Task Prometheus_understands_every_question_of_the_dashboard()
    {
        var rules = Path.GetTempFileName();
        try
        {
            var lines = Questions().Select((question, index) => $"    - record: panel:question_{index}\n      expr: {JsonSerializer.Serialize(question)}\n");
            await File.WriteAllTextAsync(rules, "groups:\n  - name: dashboard\n    rules:\n" + string.Concat(lines), TestContext.Current.CancellationToken);
            Assert.Equal(0, await Needs.RunAsync(Needs.Program("promtool"), "check", "rules", rules));
        }
        finally
        {
            File.Delete(rules);
        }
    }

    [Fact]
    public async Task Whatever_is_asked_for_is_told_by_a_server_that_has_had_an_event_and_a_report()
    {
        var site = await shared.NewSiteAsync();
        using var sent = await shared.Api.SendAsync(FootfallApi.ToJson(new { site, url = $"https://{site}/" }));
        await shared.Api.SettledLedgerAsync(site);
        await shared.Api.ReportAsync(site, ["visitors"]);
        var told = await shared.Visitor.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        var asked = Questions().Append(await File.ReadAllTextAsync(Path.Combine(Folder, "alerts.yml"), TestContext.Current.CancellationToken))
            .SelectMany(text => MetricName().Matches(text)).Select(found => found.Value).Distinct()
            // Told only where there is an index of raw hits, or a warehouse that servers share; those have tests of their own.
            .Where(name => !Regex.IsMatch(name, "^footfall_(search|analysis|scheduler)_")).ToList();
        Assert.True(asked.Count > 8, "the names of metrics were not found in the questions");
        Assert.Equal([], asked.Where(name => !told.Contains("\n" + name + "{", StringComparison.Ordinal)));
        foreach (var route in (string[])["/api/v1/events", "/api/v1/sites/{site}/reports"])
            Assert.Contains($"http_route=\"{route}", told, StringComparison.Ordinal);
    }

    static List<string> Questions()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "grafana.json")));
        return
        [
            .. dashboard.RootElement.GetProperty("panels").EnumerateArray()
                .SelectMany(panel => panel.GetProperty("targets").EnumerateArray()).Select(target => target.GetProperty("expr").GetString()!),
        ];
    }

    [GeneratedRegex(@"\b(footfall|http_server|dotnet)_[a-z_]+\b")]
    private static partial Regex MetricName();
}
