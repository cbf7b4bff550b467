namespace Footfall.EndToEnd.Durability;

public sealed class Kills
{
    [Fact]
    public async Task Two_thousand_acknowledged_events_count_once_after_a_kill_ten_times_over()
    {
        await using var server = await FootfallServer.StartAsync();
        for (var round = 1; round <= 10; round++)
        {
            var site = $"round-{round}.example";
            await server.Api.AddSiteAsync(site);
            var acknowledged = new List<int>();
            await Sent.SinglyAsync(server.Api, site, Enumerable.Range(0, 2_000), acknowledged);
            server.Kill();
            Assert.Equal(2_000, acknowledged.Count);
            await server.StartAgainAsync();
            var counted = await Sent.CountedAsync(server.Api, site);
            Sent.AssertExactlyOnce(counted, acknowledged);
            Assert.Equal(2_000, counted.Count);
        }
    }

    [Fact]
    public async Task A_kill_in_the_middle_of_the_load_loses_nothing_acknowledged_and_a_retry_counts_once()
    {
        const string Site = "middle.example";
        await using var server = await FootfallServer.StartAsync();
        await server.Api.AddSiteAsync(Site);
        var acknowledged = new HashSet<int>();
        var load = Sent.SinglyAsync(server.Api, Site, Enumerable.Range(0, 9_000), acknowledged);
        while (CountOf(acknowledged) < 1_000 && !load.IsCompleted)
            await Task.Delay(1);
        server.Kill();
        await load;
        Assert.InRange(acknowledged.Count, 1_000, 8_999);
        await server.StartAgainAsync();
        Sent.AssertExactlyOnce(await Sent.CountedAsync(server.Api, Site), acknowledged);

        await Sent.SinglyAsync(server.Api, Site, Enumerable.Range(0, 9_000), acknowledged);
        var counted = await Sent.CountedAsync(server.Api, Site);
        Sent.AssertExactlyOnce(counted, acknowledged);
        Assert.Equal(9_000, counted.Count);
    }

    [Fact]
    public async Task The_same_events_count_once_however_often_they_are_sent_and_across_a_kill()
    {
        const string Site = "again.example";
        await using var server = await FootfallServer.StartAsync();
        await server.Api.AddSiteAsync(Site);
        var numbers = Enumerable.Range(0, 200).ToList();
        (await Sent.BatchAsync(server.Api, Site, numbers)).EnsureSuccessStatusCode().Dispose();
        (await Sent.BatchAsync(server.Api, Site, numbers)).EnsureSuccessStatusCode().Dispose();
        (await Sent.BatchAsync(server.Api, Site, numbers.Concat(numbers))).EnsureSuccessStatusCode().Dispose();
        await server.Api.SettledLedgerAsync(Site);
        server.Kill();
        await server.StartAgainAsync();
        var acknowledged = new List<int>();
        await Sent.SinglyAsync(server.Api, Site, numbers, acknowledged);
        Assert.Equal(200, acknowledged.Count);

        Sent.AssertExactlyOnce(await Sent.CountedAsync(server.Api, Site), numbers);
        var totals = (await server.Api.LedgerAsync(Site)).Totals;
        Assert.Equal((1_000, 200, 800), (totals.Accepted, totals.Counted, totals.Duplicate));
    }

    static int CountOf(HashSet<int> numbers)
    {
        lock (numbers)
            return numbers.Count;
    }
}
