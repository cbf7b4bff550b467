using System.CommandLine;
using System.Globalization;
using Footfall.Core.Warehouse;
using Footfall.Server.Backup;
using Footfall.Server.Cli.Wire;
using Footfall.Server.Settings;

namespace Footfall.Server.Cli;

/// <summary>Restores a backup on trial: every checksum, then a server on it that takes nothing in, whose numbers must be those of the backup.</summary>
sealed class BackupVerifyCommand : FootfallCommand
{
    const int DifferencesShown = 10;
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    readonly Argument<string> _folder = new("folder") { Description = "Where backups are kept." };
    readonly Option<string?> _backup = new("--backup") { Description = "The backup to check, as 'backup list' names it; the newest by default.", HelpName = "NAME" };
    readonly CliContext _context;

    public BackupVerifyCommand(CliContext context)
        : base("verify", "Check every file of a backup, restore it to a folder of its own and compare its numbers.", "footfall backup verify /mnt/backup/footfall")
    {
        _context = context;
        Arguments.Add(_folder);
        Options.Add(_backup);
        SetAction(RunAsync);
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var folder = new BackupFolder(parsed.GetValue(_folder)!);
        var backup = folder.Find(parsed.GetValue(_backup));
        var wrong = await Activity.ShowAsync(_context, "Checking ...", tell => Task.FromResult(backup.Files.Select(file =>
        {
            cancellation.ThrowIfCancellationRequested();
            tell($"Checking {file.Stored} ...");
            return folder.Check(file);
        }).OfType<string>().ToList()));
        foreach (var sentence in wrong)
            await _context.Error.WriteLineAsync(sentence + ".");
        if (wrong.Count > 0)
        {
            await _context.Error.WriteLineAsync($"The backup {backup.Name} is damaged: {wrong.Count} of its {backup.Files.Count} files.");
            return CommandLine.Failed;
        }
        await _context.Out.WriteLineAsync($"All {backup.Files.Count} files of the backup {backup.Name} are as they were stored.");
        if (!backup.HasCatalog)
        {
            await _context.Out.WriteLineAsync("Its catalog is in a database, so its numbers are not compared: without the sites no hit can be counted.");
            return CommandLine.Ok;
        }
        var scratch = Directory.CreateTempSubdirectory("footfall-verify-").FullName;
        try
        {
            return await CompareAsync(folder, backup, Path.Combine(scratch, "data"), cancellation);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    async Task<int> CompareAsync(BackupFolder folder, Manifest backup, string data, CancellationToken cancellation)
    {
        var books = await Activity.ShowAsync(_context, "Restoring on trial ...", async tell =>
        {
            new Restoration(folder, backup).Restore(data);
            return await BooksAsync(data, position => tell(string.Create(
                CultureInfo.InvariantCulture, $"Counting again: {(double)position / Math.Max(1, backup.Position):P0} ...")), cancellation);
        });
        if (books.Totals is not { } now || books.Position < backup.Position)
        {
            await _context.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"The restored history ends at {books.Position}, and the backup's at {backup.Position}: hits are missing."));
            return CommandLine.Failed;
        }
        if (backup.Totals is not { } then)
        {
            await _context.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"Restored on trial: {now.Accepted:N0} hits. There are no totals to compare with, because the numbers were not complete as it was made."));
            return CommandLine.Ok;
        }
        var differences = Differences(then, now);
        foreach (var (sentence, _) in differences.Take(DifferencesShown))
            await _context.Out.WriteLineAsync(sentence);
        if (differences.Exists(difference => difference.IsLoss))
            return CommandLine.Failed;
        await _context.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"Restored on trial: {now.Accepted:N0} hits, {now.Events:N0} events, {now.Visits:N0} visits; ") + (differences.Count == 0
            ? "the same as when the backup was made."
            : "no hit is missing. Where a hit counts differently, the site's settings or the program have changed since it was first counted."));
        return CommandLine.Ok;
    }

    /// <summary>A server that only works off what is there, on a loopback port that nobody knows.</summary>
    async Task<BooksAnswer> BooksAsync(string data, Action<long> tell, CancellationToken cancellation)
    {
        var settings = new FootfallSettings { Data = data, Listen = "127.0.0.1:0", Roles = [Roles.Processor] };
        await using var server = await _context.StartServer(settings, cancellation);
        using var client = new FootfallClient(server.Address, server.Token);
        while ((await client.StatusAsync(cancellation)).Processor is { LagBytes: > 0, Failed: null } processor)
        {
            tell(processor.Position);
            await Task.Delay(Pause, _context.Clock, cancellation);
        }
        return await client.BooksAsync(cancellation);
    }

    /// <summary>Accepted hits must be the same. What became of them may differ by rules that have changed, but not by a site that is gone.</summary>
    static List<(string Sentence, bool IsLoss)> Differences(BooksTotals then, BooksTotals now)
    {
        var before = then.Outcomes.ToDictionary(sum => (sum.Site, sum.Outcome), sum => sum.Hits);
        var after = now.Outcomes.ToDictionary(sum => (sum.Site, sum.Outcome), sum => sum.Hits);
        return
        [
            .. from key in before.Keys.Union(after.Keys).Order()
               let hits = (Before: before.GetValueOrDefault(key), After: after.GetValueOrDefault(key))
               where hits.Before != hits.After
               select (string.Create(CultureInfo.InvariantCulture, $"Site {key.Site}: {hits.Before:N0} hits were {key.Outcome} when the backup was made, {hits.After:N0} are now."),
                   key.Outcome == Outcomes.Accepted || (key.Outcome == Outcomes.Refused + "site_deleted" && hits.After > hits.Before)),
        ];
    }
}
