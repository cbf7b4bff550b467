using Footfall.EndToEnd.People;
using Footfall.Servers;
using Microsoft.Playwright;
using static Footfall.EndToEnd.Dashboard.Visit;

namespace Footfall.EndToEnd.Dashboard;

/// <summary>An owner looks at what the scheduled analysis did.</summary>
public sealed class Analysed : IDisposable
{
    const string Site = "analysed.example";
    const string Tab = $"/sites/{Site}/settings/analysis";
    const int Events = 40;

    readonly DirectoryInfo _warehouse = Directory.CreateTempSubdirectory("footfall-shared-");

    public void Dispose() => _warehouse.Delete(recursive: true);

    [Fact]
    public async Task A_server_with_its_warehouse_to_itself_says_that_it_needs_none()
    {
        await using var server = await FootfallServer.StartAsync();
        await using var visit = await SignedInAsync(server);
        await visit.GoAsync(Tab);
        await Expect(visit.Page.GetByText("needs no analysis on a schedule")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Runs_are_listed_newest_first_with_what_they_read()
    {
        await using var pair = await PostgresPair.StartAsync();
        await using var server = await FootfallServer.StartAsync(new ServerOptions
        {
            Environment = new Dictionary<string, string>
            {
                ["FOOTFALL_DATABASE"] = pair.To("postgres"),
                ["FOOTFALL_WAREHOUSE_FOLDER"] = _warehouse.FullName,
                ["FOOTFALL_WAREHOUSE_COMMIT_SECONDS"] = "1",
                ["FOOTFALL_ANALYSIS_MINUTES"] = "1",
            },
        });
        await using var visit = await SignedInAsync(server);
        (await Sent.BatchAsync(server.Api, Site, Enumerable.Range(0, Events))).EnsureSuccessStatusCode().Dispose();
        await server.Api.SettledLedgerAsync(Site);

        await visit.GoAsync(Tab);
        var run = visit.Page.GetByRole(AriaRole.Row, new() { Name = "DuckDB" }).Filter(new() { Has = visit.Page.GetByRole(AriaRole.Cell, new() { Name = $"{Events}", Exact = true }) });
        // The run after the events were there; until then the page asks again by itself.
        await Expect(run).ToHaveCountAsync(1, new() { Timeout = 120_000 });
        await Expect(visit.Page.GetByText("Everything is read that came in until")).ToBeVisibleAsync();
        await visit.LooksRightAsync("analysis");
    }

    static async Task<Visit> SignedInAsync(FootfallServer server)
    {
        using (await Person.OwnerAsync(server))
            await server.Api.AddSiteAsync(Site);
        var visit = await OpenAsync(server);
        await visit.SignInAsync();
        return visit;
    }
}
