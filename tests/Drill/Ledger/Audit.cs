using System.Globalization;

namespace Footfall.Drill.Ledger;

/// <summary>What the reports say against what was acknowledged.</summary>
sealed class Audit
{
    const long VisitTimeout = 30 * 60_000;
    const int PageRows = 10_000;

    static readonly string[] Metrics = ["events"];
    static readonly string[] Dimensions = ["prop:id"];

    readonly Dictionary<string, int> _found;

    Audit(IReadOnlyList<(SentEvent Event, bool Acknowledged)> sent, Dictionary<string, int> found)
    {
        _found = found;
        Acknowledged = [.. sent.Where(one => one.Acknowledged).Select(one => one.Event)];
        Lost = [.. Acknowledged.Where(one => !found.ContainsKey(one.Id))];
        Twice = [.. sent.Select(one => one.Event).Where(one => found.GetValueOrDefault(one.Id) > 1)];
        var known = sent.Select(one => one.Event.Id).ToHashSet(StringComparer.Ordinal);
        Invented = [.. found.Keys.Where(id => !known.Contains(id))];
    }

    public IReadOnlyList<SentEvent> Acknowledged { get; }

    /// <summary>Acknowledged, and in no report.</summary>
    public IReadOnlyList<SentEvent> Lost { get; }

    public IReadOnlyList<SentEvent> Twice { get; }

    /// <summary>Reported, and never sent.</summary>
    public IReadOnlyList<string> Invented { get; }

    /// <summary>Sentences about books that do not balance and visits that are not those of a recount.</summary>
    public List<string> Wrong { get; } = [];

    public bool IsGood => Lost.Count + Twice.Count + Invented.Count + Wrong.Count == 0;

    public int Found(SentEvent sent) => _found.GetValueOrDefault(sent.Id);

    /// <summary>Waits until everything is worked off, then lists every event that there is.</summary>
    public static async Task<Audit> TakeAsync(FootfallApi api, string site, AcknowledgedEvents events)
    {
        var sent = events.Snapshot();
        var ledger = await api.SettledLedgerAsync(site);
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var offset = 0; ; offset += PageRows)
        {
            var rows = await PageAsync(api, site, offset);
            foreach (var (id, count) in rows)
                found[id] = found.GetValueOrDefault(id) + count;
            if (rows.Count < PageRows)
                break;
        }
        var audit = new Audit(sent, found);
        audit.CheckLedger(ledger.Totals);
        audit.CheckVisits(sent, await api.ReportAsync(site, ["visits", "visitors", "pageviews"]));
        return audit;
    }

    static async Task<IReadOnlyList<(string Id, int Count)>> PageAsync(FootfallApi api, string site, int offset)
    {
        using var answer = await api.Http.PostAsJsonAsync(
            $"/api/v1/sites/{site}/reports",
            new { metrics = Metrics, dimensions = Dimensions, from = "all", order = Dimensions, limit = PageRows, offset });
        var text = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"The report was answered {(int)answer.StatusCode}: {text}");
        return [.. ReportAnswer.Parse(text, Metrics, Dimensions).Rows.Select(row => (row.Dimensions[0], (int)row.Metric("events")))];
    }

    void CheckLedger(LedgerCounts totals)
    {
        if (!totals.Balances)
            Wrong.Add($"The ledger does not balance: {totals}.");
        if (totals.Counted != _found.Values.Sum(count => (long)count))
            Wrong.Add(string.Create(CultureInfo.InvariantCulture, $"The ledger counts {totals.Counted} events and the report {_found.Values.Sum()}."));
    }

    /// <summary>The events found, in order of time: a visit ends after thirty minutes without one.</summary>
    void CheckVisits(IReadOnlyList<(SentEvent Event, bool Acknowledged)> sent, ReportAnswer report)
    {
        long visits = 0, visitors = 0;
        foreach (var visitor in sent.Select(one => one.Event).Where(one => _found.ContainsKey(one.Id)).GroupBy(one => one.Visitor))
        {
            visitors++;
            var last = long.MinValue / 2;
            foreach (var time in visitor.Select(one => one.Time).Order())
            {
                if (time - last >= VisitTimeout)
                    visits++;
                last = time;
            }
        }
        var row = report.Rows.Count > 0 ? report.Rows[0] : null;
        if (row is null || row.Metric("visits") != visits || row.Metric("visitors") != visitors)
        {
            Wrong.Add(string.Create(CultureInfo.InvariantCulture,
                $"The report has {row?.Metric("visits")} visits of {row?.Metric("visitors")} visitors; a recount has {visits} of {visitors}."));
        }
    }
}
