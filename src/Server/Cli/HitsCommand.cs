namespace Footfall.Server.Cli;

/// <summary>Everything about raw hits and what became of them.</summary>
sealed class HitsCommand : FootfallCommand
{
    public HitsCommand(CliContext context)
        : base("hits", "Search and watch the raw hits of a site, with what processing made of each.",
            "footfall hits tail --site example.com",
            "footfall hits search --site example.com --outcome duplicate --from 2026-11-24")
    {
        Subcommands.Add(new HitsSearchCommand(context));
        Subcommands.Add(new HitsTailCommand(context));
        Subcommands.Add(new HitsRefusedCommand(context));
        Subcommands.Add(new HitsReplayCommand(context));
    }
}
