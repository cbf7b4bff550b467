using System.CommandLine;
using System.Globalization;
using Footfall.Server.Backup;

namespace Footfall.Server.Cli;

/// <summary>Makes a data folder of a backup. Needs no server, and touches none.</summary>
sealed class BackupRestoreCommand : FootfallCommand
{
    readonly Argument<string> _folder = new("folder") { Description = "Where backups are kept." };
    readonly Option<string> _to = new("--to") { Description = "The data folder to make; it must not exist, or be empty.", HelpName = "FOLDER", Required = true };
    readonly Option<string?> _at = new("--at") { Description = "Only what was received up to this instant, such as 2026-03-01T12:00:00Z.", HelpName = "TIME" };
    readonly Option<string?> _backup = new("--backup") { Description = "The backup to restore, as 'backup list' names it; the newest by default.", HelpName = "NAME" };

    readonly CliContext _context;

    public BackupRestoreCommand(CliContext context)
        : base("restore", "Make a data folder of a backup.",
            "footfall backup restore /mnt/backup/footfall --to /var/lib/footfall",
            "footfall backup restore /mnt/backup/footfall --to ./before --at 2026-03-01T12:00:00Z")
    {
        _context = context;
        Arguments.Add(_folder);
        Options.Add(_to);
        Options.Add(_at);
        Options.Add(_backup);
        SetAction(RunAsync);
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var folder = new BackupFolder(parsed.GetValue(_folder)!);
        var target = Path.GetFullPath(parsed.GetValue(_to)!);
        if (parsed.GetValue(_at) is not { } text)
        {
            var backup = folder.Find(parsed.GetValue(_backup));
            new Restoration(folder, backup).Restore(target);
            await TellAsync($"Restored the backup {backup.Name} to {target}", backup.Totals?.Accepted, target);
            return CommandLine.Ok;
        }
        var at = TimeOf(text);
        var reaching = parsed.GetValue(_backup) is { } name ? folder.Find(name) : folder.FindAfter(at);
        var cut = await new Restoration(folder, reaching).RestoreAtAsync(target, at, cancellation);
        await TellAsync(
            string.Create(CultureInfo.InvariantCulture, $"Restored what was received up to {at:yyyy-MM-dd HH:mm:ss} UTC of the backup {reaching.Name} to {target}"),
            cut.Hits, target);
        if (cut.LeftEarlier > 0)
        {
            await _context.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"{cut.LeftEarlier:N0} hits behind the cut carry an earlier time, because the clock was set back or they arrived together; they are left out."));
        }
        if (at > reaching.CreatedAt)
            await _context.Out.WriteLineAsync($"That backup is older than the time asked for; nothing later is in {folder.Path}.");
        return CommandLine.Ok;
    }

    Task TellAsync(string what, long? hits, string target) => _context.Out.WriteLineAsync(
        (hits is { } count ? string.Create(CultureInfo.InvariantCulture, $"{what}: {count:N0} hits. ") : what + ". ")
        + $"'footfall serve --data {target}' makes the numbers anew at its first start.");

    static DateTimeOffset TimeOf(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw new UserErrorException($"--at is '{text}', but it must be an instant such as 2026-03-01T12:00:00Z.");
}
