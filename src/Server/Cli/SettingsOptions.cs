using System.CommandLine;
using Footfall.Server.Settings;

namespace Footfall.Server.Cli;

/// <summary>The flags that settings have on a command, and the effective settings of a command line.</summary>
sealed class SettingsOptions
{
    readonly Option<string?> _config = new("--config") { Description = "The configuration file, in place of footfall.json in the data folder.", HelpName = "FILE" };
    readonly List<(SettingDefinition Definition, Option Option)> _flags = [];

    /// <param name="command">The command that gets the flags.</param>
    /// <param name="names">Names of settings; all of them when there are none.</param>
    public SettingsOptions(Command command, params string[] names)
    {
        foreach (var definition in SettingsTable.All.Where(definition => names.Length == 0 || names.Contains(definition.Name)))
        {
            Option option = definition.IsList ? new Option<string[]>(definition.Flag) : new Option<string>(definition.Flag);
            option.Description = definition.Help;
            option.HelpName = definition.Name == "data" ? "FOLDER" : "VALUE";
            _flags.Add((definition, option));
            command.Options.Add(option);
        }
        command.Options.Add(_config);
    }

    public EffectiveSettings Load(ParseResult parsed, CliContext context)
    {
        var flags = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var (definition, option) in _flags)
        {
            if (parsed.GetResult(option) is { Implicit: false } given)
                flags[definition.Name] = [.. given.Tokens.Select(token => token.Value)];
        }
        return SettingsLoader.Load(new SettingsInput(parsed.GetValue(_config), context.Environment, flags));
    }
}
