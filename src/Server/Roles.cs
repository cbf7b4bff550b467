using Footfall.Server.Settings;

namespace Footfall.Server;

/// <summary>What a process may be told to do; by default it does everything.</summary>
static class Roles
{
    public const string Collector = "collector";
    public const string Archiver = "archiver";
    public const string Processor = "processor";
    public const string Reporter = "reporter";
    public const string Scheduler = "scheduler";

    public static readonly IReadOnlyList<string> All = [Collector, Archiver, Processor, Reporter, Scheduler];

    public static bool Has(FootfallSettings settings, string role) => settings.Roles.Count == 0 || settings.Roles.Contains(role, StringComparer.Ordinal);
}
