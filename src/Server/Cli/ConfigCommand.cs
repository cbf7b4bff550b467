using Spectre.Console;

namespace Footfall.Server.Cli;

/// <summary>Shows the effective settings and where each comes from. Needs no server.</summary>
sealed class ConfigCommand : FootfallCommand
{
    public ConfigCommand(CliContext context)
        : base("config", "Show every setting, its value, and where it comes from.", "footfall config", "footfall config --data /var/lib/footfall")
    {
        var settings = new SettingsOptions(this);
        SetAction(parsed =>
        {
            var effective = settings.Load(parsed, context);
            var table = new Table { Border = TableBorder.Simple };
            table.AddColumns("Setting", "Value", "From");
            foreach (var value in effective.Table)
                table.AddRow(Markup.Escape(value.Name), Markup.Escape(value.Text), Markup.Escape(value.Source));
            context.Console.Write(table);
            foreach (var warning in effective.Warnings)
                context.Error.WriteLine(warning);
            return CommandLine.Ok;
        });
    }
}
