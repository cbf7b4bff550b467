namespace Footfall.Server.Cli;

/// <summary>Backups of the data folder, while it is in use.</summary>
sealed class BackupCommand : FootfallCommand
{
    public BackupCommand(CliContext context)
        : base("backup", "Make, list, check and restore backups, while the server runs.",
            "footfall backup create /mnt/backup/footfall",
            "footfall backup verify /mnt/backup/footfall",
            "footfall backup restore /mnt/backup/footfall --to ./restored --at 2026-03-01T12:00:00Z")
    {
        Subcommands.Add(new BackupCreateCommand(context));
        Subcommands.Add(new BackupListCommand(context));
        Subcommands.Add(new BackupVerifyCommand(context));
        Subcommands.Add(new BackupRestoreCommand(context));
    }
}
