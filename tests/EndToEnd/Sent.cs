using System.Net;

namespace Footfall.EndToEnd;

/// <summary>Events with known ids, and what became of them when they were sent.</summary>
static class Sent
{
    /// <summary>A page view whose page names it, so that a report by page tells how often it counted.</summary>
    public static object PageView(string site, int number) => new
    {
        site,
        url = $"https://{site}{PageOf(number)}",
        event_id = $"{site}-{number}",
        visitor_id = $"visitor-{number % 100}",
    };

    public static string PageOf(int number) => $"/e/{number:D6}";

    /// <summary>Sends page views one a request, many at a time.</summary>
    /// <param name="acknowledged">Gets the number of each event that was answered 202, as soon as it is.</param>
    /// <returns>When every request is answered or broken.</returns>
    public static Task SinglyAsync(FootfallApi api, string site, IEnumerable<int> numbers, ICollection<int> acknowledged) =>
        Parallel.ForEachAsync(numbers, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (number, _) =>
        {
            try
            {
                using var answer = await api.SendAsync(FootfallApi.ToJson(PageView(site, number)));
                if (answer.StatusCode == HttpStatusCode.Accepted)
                {
                    lock (acknowledged)
                        acknowledged.Add(number);
                }
            }
            catch (HttpRequestException)
            {
                // Not acknowledged: the server went away under the request.
            }
        });

    public static Task<HttpResponseMessage> BatchAsync(FootfallApi api, string site, IEnumerable<int> numbers) =>
        api.SendAsync(FootfallApi.ToJson(numbers.Select(number => PageView(site, number))));

    /// <summary>How often each page view counted, by its page, once everything is worked off; and the books balance.</summary>
    public static async Task<IReadOnlyDictionary<string, int>> CountedAsync(FootfallApi api, string site)
    {
        var ledger = await api.SettledLedgerAsync(site);
        Assert.True(ledger.Totals.Balances, ledger.ToString());
        Assert.All(ledger.Hours, hour => Assert.True(hour.Balances, hour.ToString()));
        var report = await api.ReportAsync(site, ["pageviews"], "page");
        Assert.Equal(ledger.Totals.Counted, report.Rows.Sum(row => row.Metric("pageviews")));
        return report.Rows.ToDictionary(row => row.Dimensions[0], row => (int)row.Metric("pageviews"));
    }

    /// <summary>Acknowledged events count exactly once, the others at most once.</summary>
    public static void AssertExactlyOnce(IReadOnlyDictionary<string, int> counted, IReadOnlyCollection<int> acknowledged)
    {
        var lost = acknowledged.Where(number => !counted.ContainsKey(PageOf(number))).ToList();
        Assert.True(lost.Count == 0, $"{lost.Count} of {acknowledged.Count} acknowledged events are lost, such as {string.Join(", ", lost.Take(5))}");
        var twice = counted.Where(page => page.Value != 1).ToList();
        Assert.True(twice.Count == 0, $"{twice.Count} events count more than once, such as {string.Join(", ", twice.Take(5))}");
    }
}
