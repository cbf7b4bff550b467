using System.CommandLine;

namespace Footfall.Server.Cli;

/// <summary>Which raw hits a command is about.</summary>
sealed class HitOptions
{
    readonly Option<string?> _site = new("--site") { Description = "Only hits of this site.", HelpName = "DOMAIN" };
    readonly Option<string?> _visitor = new("--visitor") { Description = "Only hits of this visitor, as a raw hit names it.", HelpName = "HEX" };
    readonly Option<string?> _user = new("--user") { Description = "Only hits of this user, by the site's own id.", HelpName = "ID" };
    readonly Option<string?> _from = new("--from") { Description = "Received from this day or time on (UTC).", HelpName = "TIME" };
    readonly Option<string?> _to = new("--to") { Description = "Received up to the end of this day, or before this time (UTC).", HelpName = "TIME" };

    public HitOptions(Command command)
    {
        foreach (var option in (Option[])[_site, _visitor, _user, _from, _to])
            command.Options.Add(option);
    }

    /// <summary>As a question to the server.</summary>
    public string Query(ParseResult parsed, bool sealedOnly) => string.Join('&', new (string Name, string? Value)[]
    {
        ("site", parsed.GetValue(_site)), ("visitor", parsed.GetValue(_visitor)), ("user", parsed.GetValue(_user)),
        ("from", parsed.GetValue(_from)), ("to", parsed.GetValue(_to)), ("sealed", sealedOnly ? "true" : null),
    }.Where(part => part.Value is not null).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}"));

    /// <summary>What a line says that stands for hits that cannot be read; null for a hit.</summary>
    public static string? DamageOf(string line)
    {
        const string Before = "{\"position\":\"";
        var end = line.StartsWith(Before, StringComparison.Ordinal) ? line.IndexOf('"', Before.Length) : -1;
        return end > 0 && line.AsSpan(end).StartsWith("\",\"damage\":", StringComparison.Ordinal)
            ? System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("damage").GetString()
            : null;
    }
}
