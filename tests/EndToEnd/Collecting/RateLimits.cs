using System.Net;

namespace Footfall.EndToEnd.Collecting;

public sealed class RateLimits
{
    [Fact]
    public async Task An_address_that_sends_too_much_is_told_when_to_come_back()
    {
        const string Site = "flood.example";
        await using var server = await FootfallServer.StartAsync(new ServerOptions { EventsPerSecondPerAddress = 5 });
        await server.Api.AddSiteAsync(Site);
        var accepted = await FloodAsync(new FootfallApi(server.Visitor), Site);
        var totals = (await server.Api.SettledLedgerAsync(Site)).Totals;
        Assert.Equal((accepted, accepted), (totals.Accepted, totals.Counted));

        // Who holds a key speaks for many.
        (await Sent.BatchAsync(server.Api, Site, Enumerable.Range(1_000_000, 100))).EnsureSuccessStatusCode().Dispose();
    }

    [Fact]
    public async Task A_site_has_its_own_limit_and_leaves_others_alone()
    {
        await using var server = await FootfallServer.StartAsync();
        await server.Api.AddSiteAsync("narrow.example", new { events_per_second = 5 });
        await server.Api.AddSiteAsync("wide.example");
        await FloodAsync(new FootfallApi(server.Visitor), "narrow.example");
        (await Sent.BatchAsync(server.Api, "wide.example", Enumerable.Range(0, 100))).EnsureSuccessStatusCode().Dispose();
    }

    /// <summary>Sends batches of 100 until one is refused.</summary>
    /// <returns>How many events were accepted.</returns>
    static async Task<int> FloodAsync(FootfallApi sender, string site)
    {
        for (var batch = 0; batch < 100; batch++)
        {
            using var answer = await Sent.BatchAsync(sender, site, Enumerable.Range(batch * 100, 100));
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
            {
                Assert.True(answer.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1), "429 without Retry-After");
                return batch * 100;
            }
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        }
        Assert.Fail("10,000 events in a moment passed a limit of 5 a second");
        return 0;
    }
}
