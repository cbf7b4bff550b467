using System.Net;
using Footfall.EndToEnd.People;
using Microsoft.Playwright;
using static Footfall.EndToEnd.Dashboard.Visit;

namespace Footfall.EndToEnd.Dashboard;

/// <summary>An owner whose rules were wrong for a while mends them, and has the past counted by the right ones.</summary>
public sealed class HistoryMadeAnew : IDisposable
{
    const string Domain = "history.example";
    const string Settings = $"/sites/{Domain}/settings/rebuild";
    const string Sources = $"/sites/{Domain}?tab.sources=channel";
    const int EventsAtOnce = 1_000;
    const int FromSearch = 14_000;
    const int FromNews = 6_000;
    const int EventsOfOne = 40;

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("footfall-sources-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Who_mends_a_wrong_rule_sees_what_it_changes_switches_and_can_go_back()
    {
        await using var server = await CountWronglyAsync();
        await using var visit = await Visit.OpenAsync(server);
        await visit.SignInAsync();
        await SeesAsync(visit, search: "Organic Social");

        await visit.GoAsync(Settings);
        await Expect(visit.Page.GetByText("Some numbers were made by other logic or rules")).ToBeVisibleAsync();
        await visit.Button("Start the rebuild").ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Progressbar, new() { Name = "Progress of the rebuild" })).ToBeVisibleAsync();
        await Expect(Heading(visit, "The new numbers are ready")).ToBeVisibleAsync();
        await MovesAsync(visit, "channel: Organic Social", "350", "0");
        await MovesAsync(visit, "channel: Organic Search", "0", "350");
        await Expect(visit.Page.GetByRole(AriaRole.Row, new() { Name = "channel: Referral" })).ToHaveCountAsync(0);
        await visit.LooksRightAsync("rebuild");
        await SeesAsync(visit, search: "Organic Social");

        await TurnAsync(visit, "Switch to the new numbers", "Switch", "The new numbers are live");
        await SeesAsync(visit, search: "Organic Search");

        await TurnAsync(visit, "Bring the old numbers back", "Roll back", "The old numbers are live again");
        await SeesAsync(visit, search: "Organic Social");
    }

    /// <summary>A server with mended rules, and with an owner's site whose numbers were made by wrong ones.</summary>
    async Task<FootfallServer> CountWronglyAsync()
    {
        var rules = Path.Combine(_folder.FullName, "sources.tsv");
        await File.WriteAllTextAsync(rules, "google.*\tsocial\tgoogle\n");
        var server = await FootfallServer.StartAsync(new ServerOptions { Environment = new Dictionary<string, string> { ["FOOTFALL_SOURCES_FILE"] = rules } });
        using (await Person.OwnerAsync(server))
            await server.Api.AddSiteAsync(Domain);
        for (var from = 0; from < FromSearch + FromNews; from += EventsAtOnce)
            await SendAsync(server, from, from < FromSearch ? "https://www.google.com/" : "https://news.example/");
        await server.Api.SettledLedgerAsync(Domain);
        Assert.Equal(0, await server.StopAsync(TimeSpan.FromSeconds(30)));
        server.Change(options => options with { Environment = new Dictionary<string, string>() });
        await server.StartAgainAsync();
        return server;
    }

    static async Task SendAsync(FootfallServer server, int from, string referrer)
    {
        var events = Enumerable.Range(from, EventsAtOnce).Select(number => new { site = Domain, url = $"https://{Domain}/", referrer, user_id = $"user-{number / EventsOfOne}" });
        using var answer = await server.Api.SendAsync(FootfallApi.ToJson(events));
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    static async Task SeesAsync(Visit visit, string search)
    {
        await visit.GoAsync(Sources);
        var rows = visit.Panel("sources").Locator(".rank-row");
        await Expect(rows).ToHaveCountAsync(2);
        await Expect(rows.Nth(0)).ToContainTextAsync(search);
        await Expect(rows.Nth(0)).ToContainTextAsync("350");
        await Expect(rows.Nth(1)).ToContainTextAsync("Referral");
    }

    static async Task MovesAsync(Visit visit, string what, string before, string after)
    {
        var row = visit.Page.GetByRole(AriaRole.Row, new() { Name = what }).Filter(new() { HasText = "visits" }).First;
        await Expect(row.GetByRole(AriaRole.Cell).Nth(1)).ToHaveTextAsync(before);
        await Expect(row.GetByRole(AriaRole.Cell).Nth(2)).ToHaveTextAsync(after);
    }

    static async Task TurnAsync(Visit visit, string asked, string confirmed, string done)
    {
        await visit.GoAsync(Settings);
        await visit.Button(asked).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = confirmed, Exact = true }).ClickAsync();
        await Expect(Heading(visit, done)).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Progressbar)).ToHaveCountAsync(0);
    }

    static ILocator Heading(Visit visit, string text) => visit.Page.GetByRole(AriaRole.Heading, new() { Name = text, Exact = true });
}
