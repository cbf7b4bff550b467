using System.CommandLine;
using System.Globalization;

namespace Footfall.Server.Cli;

/// <summary>Everything about sites.</summary>
sealed class SiteCommand : Command
{
    public SiteCommand(CliContext context)
        : base("site", "Add, list, show and remove sites.")
    {
        Subcommands.Add(new SiteAddCommand(context));
        Subcommands.Add(new SiteListCommand(context));
        Subcommands.Add(new SiteShowCommand(context));
        Subcommands.Add(new SiteRemoveCommand(context));
    }

    public static string Describe(Wire.SiteAnswer site) => string.Create(
        CultureInfo.InvariantCulture, $"Site {site.Id}: {string.Join(", ", site.Domains)}, days of {site.TimeZone}, revenue in {site.Currency}.");
}
