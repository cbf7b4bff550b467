using System.CommandLine;
using System.Globalization;
using Footfall.Server.Backup;
using Spectre.Console;

namespace Footfall.Server.Cli;

/// <summary>Lists the backups of a folder. Needs no server.</summary>
sealed class BackupListCommand : FootfallCommand
{
    readonly Argument<string> _folder = new("folder") { Description = "Where backups are kept." };

    public BackupListCommand(CliContext context)
        : base("list", "List the backups of a folder.", "footfall backup list /mnt/backup/footfall")
    {
        Arguments.Add(_folder);
        SetAction(parsed =>
        {
            var folder = new BackupFolder(parsed.GetValue(_folder)!);
            folder.Find(null);
            var table = new Table { Border = TableBorder.Simple };
            table.AddColumns("Backup", "Hits", "Files", "MB", "Made by");
            foreach (var backup in folder.All())
            {
                table.AddRow(
                    backup.Name,
                    backup.Totals?.Accepted.ToString("N0", CultureInfo.InvariantCulture) ?? "not known",
                    backup.Files.Count.ToString(CultureInfo.InvariantCulture),
                    (backup.Files.Sum(file => file.Bytes) / 1e6).ToString("N1", CultureInfo.InvariantCulture),
                    "footfall " + backup.Program);
            }
            context.Console.Write(table);
            return CommandLine.Ok;
        });
    }
}
