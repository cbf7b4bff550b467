using System.CommandLine;
using System.Globalization;
using Footfall.Server.Backup;
using Footfall.Server.Cli.Wire;
using Footfall.Server.Settings;

namespace Footfall.Server.Cli;

/// <summary>
/// Makes a backup: of the log up to a position that the warehouse has just reached, then of the catalog, which so knows every site of the log.
/// </summary>
sealed class BackupCreateCommand : ServerCommand
{
    const int AttemptsMax = 5;

    readonly Argument<string> _folder = new("folder") { Description = "Where backups are kept; made when missing." };

    public BackupCreateCommand(CliContext context)
        : base(context, "create", "Make a backup; files that never change are copied once for all backups.", "footfall backup create /mnt/backup/footfall")
    {
        Arguments.Add(_folder);
        SetAction(RunAsync);
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        if (Server(parsed) is not null)
            throw new UserErrorException("A backup is made on the machine of the data folder: leave out --server and name the folder with --data.");
        var settings = Settings(parsed);
        var data = settings.Data;
        var folder = new BackupFolder(parsed.GetValue(_folder)!);
        using var held = folder.Hold();
        var earlier = folder.All();
        await using var connection = await ConnectAsync(parsed, create: false, cancellation);
        var began = Context.Clock.GetTimestamp();
        var books = await connection.Client.BooksAsync(cancellation);
        var status = await connection.Client.StatusAsync(cancellation);
        var name = folder.Begin(Context.Clock.GetUtcNow());
        var known = earlier.SelectMany(backup => backup.Files).GroupBy(file => file.Stored).ToDictionary(group => group.Key, group => group.Last());
        var (files, copiedBytes) = await Activity.ShowAsync(Context, "Copying ...", tell => Task.FromResult(Copy(tell)));
        new Manifest(
            Manifest.FormatVersion, name, Context.Clock.GetUtcNow(), CommandLine.Version, DataFolder.Version, books.Position,
            status.DefinitionVersion, books.Totals, files).Write(folder.StoredAt(name));
        await Context.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"Backup {name} in {folder.Path}: {files.Count} files, {files.Sum(file => file.Bytes) / 1e6:N1} MB, of which {copiedBytes / 1e6:N1} MB were new; {Context.Clock.GetElapsedTime(began).TotalSeconds:N1} s."));
        await TellAsync(folder, books.Totals, hasCatalog: settings.Database is null);
        return CommandLine.Ok;

        (List<ManifestFile> Files, long CopiedBytes) Copy(Action<string> tell)
        {
            var (taken, bytes) = (new List<ManifestFile>(), 0L);
            foreach (var part in Composition.DataParts(data, hasCatalog: settings.Database is null))
                CopyAgain(part, taken, tell, ref bytes);
            return (taken, bytes);
        }

        // Segments of the archive may be written anew under other names while they are copied; then the part is begun again.
        void CopyAgain(DataPart part, List<ManifestFile> taken, Action<string> tell, ref long bytes)
        {
            for (var (first, attempt) = (taken.Count, 1); ; attempt++)
            {
                try
                {
                    CopyPart(part, taken, tell, ref bytes);
                    return;
                }
                catch (FileNotFoundException) when (attempt < AttemptsMax)
                {
                    taken.RemoveRange(first, taken.Count - first);
                }
            }
        }

        void CopyPart(DataPart part, List<ManifestFile> taken, Action<string> tell, ref long bytes)
        {
            foreach (var file in part.Files(books.Position))
            {
                cancellation.ThrowIfCancellationRequested();
                tell(string.Create(CultureInfo.InvariantCulture, $"Copying {file.Path} ({taken.Count} files, {bytes / 1e6:N1} MB copied) ..."));
                taken.Add(folder.Take(name, part, file, known, out var copied));
                bytes += copied ? taken[^1].Bytes : 0;
            }
        }
    }

    async Task TellAsync(BackupFolder folder, BooksTotals? made, bool hasCatalog)
    {
        await Context.Out.WriteLineAsync(made is { } totals
            ? string.Create(CultureInfo.InvariantCulture, $"It holds {totals.Accepted:N0} hits. 'footfall backup verify {folder.Path}' restores it on trial.")
            : "The numbers were not complete as it was made, so it holds every hit and no totals to compare with; 'footfall doctor' says why.");
        if (!hasCatalog)
            await Context.Out.WriteLineAsync("The catalog is in the database and not in this backup: back it up there, with pg_basebackup or pg_dump, right after this.");
    }
}
