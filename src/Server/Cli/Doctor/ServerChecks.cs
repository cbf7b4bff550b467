using System.Globalization;
using Footfall.Server.Cli.Wire;

namespace Footfall.Server.Cli.Doctor;

/// <summary>What only a server can tell: its version, log, processor, geography, and whether every site's ledger balances.</summary>
static class ServerChecks
{
    const long LagHigh = 100_000;
    const int SitesPage = 500;
    const int SetAsideShown = 20;
    static readonly TimeSpan ClockDifferenceMax = TimeSpan.FromMinutes(1);

    public static async Task<IReadOnlyList<Finding>> RunAsync(FootfallClient client, TimeProvider clock, CancellationToken cancellation)
    {
        var status = await client.StatusAsync(cancellation);
        return [.. Of(status, clock.GetUtcNow()), .. await SetAsideAsync(client, cancellation), .. await HistoryAsync(client, cancellation), .. await LedgersAsync(client, cancellation)];
    }

    static IEnumerable<Finding> Of(StatusAnswer status, DateTimeOffset now)
    {
        var versions = $"server {status.Version}, definitions {status.DefinitionVersion}";
        yield return status.Version == CommandLine.Version
            ? Finding.Ok("version", versions)
            : Finding.Warn("version", $"{versions}, this command {CommandLine.Version}", "restart the server to run the installed version");
        yield return status.Log?.Unavailable is { } why
            ? Finding.Fail("hit log", $"refuses events: {why}", "put right what it names; trackers keep their events and retry")
            : Finding.Ok("hit log", "accepts events");
        if (status.Spill is { } spill)
            yield return Of(spill);
        foreach (var damage in status.Log?.Damage ?? [])
            yield return Of(damage);
        yield return Of(status.Processor);
        if (status.Archive is { } archive)
            yield return Of(archive);
        if (status.Search is { } search)
            yield return Of(search);
        yield return status.Geography?.Version is { } geography
            ? Finding.Ok("geography", geography)
            : Finding.Warn("geography", "there is no geography file, so countries are (unknown)", "put an mmdb file somewhere and name it with --geo-file");
        if (status.Clock is { } theirs && (theirs - now).Duration() > ClockDifferenceMax)
            yield return Finding.Warn("server's clock", string.Create(CultureInfo.InvariantCulture, $"differs from this one by {(theirs - now).Duration()}"), "set both clocks");
    }

    /// <summary>Hits on which a step failed. Only who runs the server is told.</summary>
    static async Task<IReadOnlyList<Finding>> SetAsideAsync(FootfallClient client, CancellationToken cancellation)
    {
        try
        {
            var answer = await client.SetAsideAsync(SetAsideShown, cancellation);
            if (answer.Total == 0)
                return [Finding.Ok("hits set aside", "none")];
            var all = Finding.Fail(
                "hits set aside", string.Create(CultureInfo.InvariantCulture, $"a step of processing failed on {answer.Total:N0} hits, which are in no number"),
                "report the reasons; 'footfall hits replay' tries them again with a version that is mended");
            return [all, .. answer.Hits.Select(hit => Finding.Warn(
                "hits set aside",
                string.Create(CultureInfo.InvariantCulture,
                    $"{hit.SiteName ?? $"site {hit.Site}"}, position {hit.Position}, hit {hit.Index} ({hit.Id}) of {hit.ReceivedAt:yyyy-MM-dd HH:mm:ss} UTC: {hit.Reason.TrimEnd('.')}"),
                "its raw hit is kept"))];
        }
        catch (UserErrorException)
        {
            return [];
        }
    }

    /// <summary>Whether numbers of the past were made by other logic or rules than new ones are. Who may not rebuild is not told.</summary>
    static async Task<IReadOnlyList<Finding>> HistoryAsync(FootfallClient client, CancellationToken cancellation)
    {
        try
        {
            var answer = await client.RebuildsAsync(cancellation);
            var others = answer.MadeBy.Where(made => !made.Current).ToList();
            return others.Count == 0
                ? [Finding.Ok("history", "all numbers are made by today's logic and rules")]
                : [.. others.Select(made => Finding.Warn(
                    "history",
                    string.Create(CultureInfo.InvariantCulture, $"numbers of {made.Sites:N0} sites from {made.From:yyyy-MM-dd} to {made.To:yyyy-MM-dd} were made by {made.Version}"),
                    "'footfall rebuild --dry-run' shows what today's logic and rules would change, 'footfall rebuild' makes them anew"))];
        }
        catch (UserErrorException)
        {
            return [];
        }
    }

    static Finding Of(LogDamageStatus damage) => Finding.Fail(
        "hit log",
        string.Create(CultureInfo.InvariantCulture,
            $"{damage.End - damage.Start:N0} bytes at offset {damage.Start} were damaged when they were read at {damage.FoundAt:yyyy-MM-dd HH:mm} UTC; the hits in them are not in the reports"),
        "check the disk; with a backup from before, stop the server, put its copy of that file into DATA/log, move warehouse.duckdb away and start");

    static Finding Of(SpillStatus spill)
    {
        var waits = string.Create(CultureInfo.InvariantCulture, $"{spill.Bytes:N0} bytes of accepted hits of at most {spill.BytesMost:N0} wait on this machine for the queue");
        return spill.Queue is { } reason
            ? Finding.Warn("spill", $"{reason}; {waits}", "look after the queue; what waits is handed on by itself, and in no report until then")
            : Finding.Ok("spill", waits);
    }

    static Finding Of(ArchiveStatus archive) => archive switch
    {
        { Missing: > 0 } => Finding.Fail(
            "archive", string.Create(CultureInfo.InvariantCulture, $"{archive.Missing:N0} sealed segments are gone, and the hits in them"),
            "restore them from a backup into DATA/archive and restart; 'footfall archive verify' names them"),
        { Failed: { } failed } => Finding.Warn("archive", $"nothing can be sealed: {failed}", "put right what it names; until then the log keeps its hits"),
        _ => Finding.Ok("archive", string.Create(
            CultureInfo.InvariantCulture, $"{archive.Hits:N0} hits in {archive.Segments:N0} segments, {archive.Bytes / 1e6:N1} MB; {archive.LagBytes:N0} bytes wait in the log")),
    };

    static Finding Of(SearchStatus search) => search switch
    {
        { Failed: { } failed } => Finding.Warn(
            "raw hits", $"not all can be found: {failed}", "look after Elasticsearch or Logstash; what is missing is delivered from the archive by itself"),
        { DeadNodes: [var dead, ..] } => Finding.Warn("raw hits", $"{dead} does not answer", "start the node again; the others do its work"),
        { Refused: > 0 } => Finding.Warn(
            "raw hits", string.Create(CultureInfo.InvariantCulture, $"{search.Refused:N0} hits were refused by the index and are not found"),
            "'footfall hits refused' names them with their reasons; reports count them all the same"),
        _ => Finding.Ok("raw hits", string.Create(
            CultureInfo.InvariantCulture, $"{search.Delivered:N0} delivered to the index since the start; {search.LagBytes:N0} bytes wait")),
    };

    static Finding Of(ProcessorStatus? processor)
    {
        if (processor?.Failed is { } failed)
            return Finding.Fail("processor", $"stopped: {failed}", "restart the server; its log says more");
        var lag = processor?.LagBytes ?? 0;
        var words = string.Create(CultureInfo.InvariantCulture, $"{lag:N0} bytes of accepted hits are not in the reports yet");
        return lag > LagHigh ? Finding.Warn("processor", words, "give it a while; if the number only grows, the machine is too small") : Finding.Ok("processor", words);
    }

    static async Task<IReadOnlyList<Finding>> LedgersAsync(FootfallClient client, CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        long balanced = 0, total;
        var offset = 0;
        do
        {
            var page = await client.SitesAsync(null, SitesPage, offset, cancellation);
            total = page.Total;
            foreach (var site in page.Sites)
            {
                if (Of(site, await client.LedgerAsync(site.Id.ToString(CultureInfo.InvariantCulture), cancellation)) is { } finding)
                    findings.Add(finding);
                else
                    balanced++;
            }
            offset += page.Sites.Count;
            if (page.Sites.Count == 0)
                break;
        }
        while (offset < total);
        if (findings.Count == 0)
            findings.Add(Finding.Ok("ledger", string.Create(CultureInfo.InvariantCulture, $"balances for {balanced:N0} of {total:N0} sites")));
        return findings;
    }

    static Finding? Of(SiteAnswer site, LedgerAnswer ledger)
    {
        var totals = ledger.Totals;
        // What is on its way to the warehouse is accepted and nothing else yet.
        if (totals.Balances || ledger.Pending > 0)
            return null;
        var words = string.Create(CultureInfo.InvariantCulture,
            $"{site.Domains[0]}: {totals.Accepted:N0} accepted, but {totals.Counted:N0} counted, {totals.Duplicate:N0} duplicate, {totals.Bot:N0} bot, {totals.RefusedTotal:N0} refused");
        return Finding.Fail("ledger", words, "keep the data folder as it is and report this: a hit is unaccounted for");
    }
}
