namespace Footfall.Server.Cli;

/// <summary>Everything about the raw archive.</summary>
sealed class ArchiveCommand : FootfallCommand
{
    public ArchiveCommand(CliContext context)
        : base("archive", "List, check and read the raw hits.",
            "footfall archive list",
            "footfall archive verify",
            "footfall archive cat --site example.com --from 2026-11-24",
            "footfall archive export hits.jsonl.gz --site example.com")
    {
        Subcommands.Add(new ArchiveListCommand(context));
        Subcommands.Add(new ArchiveVerifyCommand(context));
        Subcommands.Add(new ArchiveCatCommand(context));
        Subcommands.Add(new ArchiveExportCommand(context));
    }
}
