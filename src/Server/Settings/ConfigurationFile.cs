using System.Globalization;
using System.Text.Json;

namespace Footfall.Server.Settings;

/// <summary>Reads footfall.json: one flat object, with comments and trailing commas allowed.</summary>
static class ConfigurationFile
{
    public const string Name = "footfall.json";

    static readonly JsonDocumentOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <exception cref="UserErrorException">The file cannot be read, is not such an object, or names a setting that does not exist.</exception>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path), Options);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new UserErrorException($"The configuration file {path} must hold one JSON object.");
            var values = new Dictionary<string, IReadOnlyList<string>>();
            foreach (var property in document.RootElement.EnumerateObject())
                values[KnownName(property.Name, path)] = Values(property, path);
            return values;
        }
        catch (JsonException error)
        {
            var line = (error.LineNumber ?? 0) + 1;
            throw new UserErrorException(
                string.Create(CultureInfo.InvariantCulture, $"The configuration file {path} is not valid JSON at line {line}."), error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The configuration file {path} cannot be read: {error.Message}", error);
        }
    }

    static string KnownName(string name, string path)
    {
        if (SettingsTable.Find(name) is not null)
            return name;
        var nearest = NearestName.Of(name, SettingsTable.All.Select(definition => definition.Name));
        var hint = nearest is null ? "." : $"; did you mean '{nearest}'?";
        throw new UserErrorException($"The configuration file {path} has a setting '{name}' that does not exist{hint}");
    }

    static List<string> Values(JsonProperty property, string path) =>
        property.Value.ValueKind == JsonValueKind.Array
            ? [.. property.Value.EnumerateArray().Select(value => Scalar(value, property.Name, path))]
            : [Scalar(property.Value, property.Name, path)];

    static string Scalar(JsonElement value, string name, string path) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => value.GetRawText(),
        _ => throw new UserErrorException($"The setting '{name}' in {path} must be a text or a number."),
    };
}
