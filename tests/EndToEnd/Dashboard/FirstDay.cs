using Footfall.EndToEnd.People;
using Footfall.EndToEnd.Tracking;
using Microsoft.Playwright;
using static Footfall.EndToEnd.Dashboard.Visit;

namespace Footfall.EndToEnd.Dashboard;

public sealed class FirstDay
{
    const string Domain = "first.example";

    [Fact]
    public async Task Whoever_starts_a_server_signs_up_adds_a_site_and_sees_its_first_visitor_come()
    {
        await using var server = await FootfallServer.StartAsync();
        await using var visit = await Visit.OpenAsync(server);
        await SignUpAsync(server, visit);
        await visit.Page.GetByLabel("Domain").FillAsync(Domain);
        await visit.Button("Add the site").ClickAsync();
        await Expect(visit.Page.GetByText("Waiting for the first event of " + Domain)).ToBeVisibleAsync();
        await Expect(visit.Page.GetByTestId("now")).ToHaveTextAsync("0");

        await using var site = await MeasuredSite.OpenAsync(server, Domain);
        var snippet = await visit.Page.GetByLabel("the snippet", new() { Exact = true }).InputValueAsync();
        site.PutPlain("/", $"<!doctype html><title>Home</title>{snippet}<h1>Home</h1>");
        await site.VisitAsync("/");

        await Expect(visit.Page.GetByTestId("now")).ToHaveTextAsync("1");
        await Expect(visit.Top("visitors")).ToHaveTextAsync("1");
        await Expect(visit.Page.GetByText("Waiting for the first event")).ToBeHiddenAsync();
        await Expect(visit.Row("pages", "/")).ToBeVisibleAsync();

        await visit.Page.GetByLabel("Settings of this site").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Tracking" }).ClickAsync();
        await Expect(visit.Page.GetByText("We saw your tracker")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_site_is_deleted_only_by_writing_its_name()
    {
        await using var server = await FootfallServer.StartAsync();
        using (await Person.OwnerAsync(server))
            await server.Api.AddSiteAsync(Domain);
        await using var visit = await Visit.OpenAsync(server);
        await visit.SignInAsync();
        await visit.GoAsync($"/sites/{Domain}/settings/danger");
        await Expect(visit.Button("Delete the site for good")).ToBeDisabledAsync();
        await visit.Page.GetByLabel($"Type {Domain} to go on").FillAsync(Domain);
        await visit.Button("Delete the site for good").ClickAsync();
        await visit.Page.WaitForURLAsync("**/");
        await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = Domain })).ToHaveCountAsync(0);
        Assert.Contains("\"sites\":[]", (await server.Api.Http.GetStringAsync("/api/v1/sites")).Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    static async Task SignUpAsync(FootfallServer server, Visit visit)
    {
        await visit.GoAsync("/signup?token=" + await Person.SignUpTokenAsync(server));
        await visit.Page.GetByLabel("Company or project").FillAsync("Lovelace");
        await visit.Page.GetByLabel("Your name").FillAsync("Ada");
        await visit.Page.GetByLabel("E-mail address").FillAsync("ada@example.com");
        await visit.Page.GetByLabel("Password").FillAsync(Person.Password);
        await visit.Button("Begin").ClickAsync();
    }
}
