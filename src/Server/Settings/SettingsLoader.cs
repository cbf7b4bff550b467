namespace Footfall.Server.Settings;

/// <summary>Makes the effective settings out of all their sources; a later source wins over an earlier one.</summary>
public static class SettingsLoader
{
    /// <summary>Names of the environment that are no settings, but ours.</summary>
    static readonly string[] OtherVariables = ["FOOTFALL_HOME", "FOOTFALL_CONFIG"];

    /// <exception cref="UserErrorException">A value breaks its rule, or the configuration file cannot be used.</exception>
    public static EffectiveSettings Load(SettingsInput input)
    {
        var layers = new List<(string? Source, IReadOnlyDictionary<string, IReadOnlyList<string>> Values)>();
        var explicitFile = input.ConfigFile ?? input.Environment.GetValueOrDefault("FOOTFALL_CONFIG");
        if (explicitFile is not null)
            layers.Add((explicitFile, ConfigurationFile.Read(explicitFile)));
        else if (FileInDataFolder(input) is { } found)
            layers.Add((found, WithoutData(ConfigurationFile.Read(found), found)));
        layers.Add((null, FromEnvironment(input.Environment)));
        layers.Add((null, input.Flags));
        return Merge(layers, input);
    }

    static EffectiveSettings Merge(List<(string? Source, IReadOnlyDictionary<string, IReadOnlyList<string>> Values)> layers, SettingsInput input)
    {
        var settings = new FootfallSettings();
        var table = new List<SettingValue>();
        foreach (var definition in SettingsTable.All)
        {
            var source = "default";
            for (var layer = 0; layer < layers.Count; layer++)
            {
                if (!layers[layer].Values.TryGetValue(definition.Name, out var values))
                    continue;
                source = layers[layer].Source ?? (layer == layers.Count - 1 ? definition.Flag : definition.Variable);
                settings = Apply(settings, definition, values, source);
            }
            var text = definition.Show(settings);
            table.Add(new SettingValue(definition.Name, definition.IsSecret && source != "default" ? "********" : text, source));
        }
        return new EffectiveSettings(settings, table, [.. UnknownVariables(input.Environment)]);
    }

    static FootfallSettings Apply(FootfallSettings settings, SettingDefinition definition, IReadOnlyList<string> values, string source)
    {
        var oneValue = definition.IsList || values.Count == 1;
        if (oneValue && definition.Apply(settings, values) is { } changed)
            return changed;
        var given = definition.IsSecret ? "not usable" : $"'{string.Join(", ", values)}'";
        throw new UserErrorException($"The setting '{definition.Name}' is {given} (from {source}), but it must be {definition.Rule}.");
    }

    static string? FileInDataFolder(SettingsInput input)
    {
        var folder = input.Flags.TryGetValue("data", out var flag) ? flag[^1]
            : input.Environment.GetValueOrDefault("FOOTFALL_DATA") ?? new FootfallSettings().Data;
        var path = Path.Combine(folder, ConfigurationFile.Name);
        return File.Exists(path) ? path : null;
    }

    static IReadOnlyDictionary<string, IReadOnlyList<string>> WithoutData(IReadOnlyDictionary<string, IReadOnlyList<string>> values, string path) =>
        values.ContainsKey("data")
            ? throw new UserErrorException($"The setting 'data' cannot be set in {path}, which is found through it; use --data or FOOTFALL_DATA.")
            : values;

    static Dictionary<string, IReadOnlyList<string>> FromEnvironment(IReadOnlyDictionary<string, string> environment)
    {
        var values = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var definition in SettingsTable.All)
        {
            if (!environment.TryGetValue(definition.Variable, out var text))
                continue;
            const StringSplitOptions Tidy = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
            values[definition.Name] = definition.IsList ? text.Split(',', Tidy) : [text];
        }
        return values;
    }

    static IEnumerable<string> UnknownVariables(IReadOnlyDictionary<string, string> environment)
    {
        // Not refused: orchestrators add names of their own to everything that is called footfall.
        foreach (var name in environment.Keys.Where(name => name.StartsWith("FOOTFALL_", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            if (SettingsTable.All.All(definition => definition.Variable != name) && !OtherVariables.Contains(name))
                yield return $"The environment variable {name} is not a setting and was not used.";
        }
    }
}
