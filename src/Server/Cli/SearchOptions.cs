using System.CommandLine;
using System.Text.Json;

namespace Footfall.Server.Cli;

/// <summary>Which raw hits of a site are to be shown, and how.</summary>
sealed class SearchOptions
{
    readonly Option<string> _site = new("--site") { Description = "The domain or id of the site.", HelpName = "SITE", Required = true };
    readonly Option<string?> _visitor = new("--visitor") { Description = "Only hits of this visitor, as a raw hit names it.", HelpName = "HEX" };
    readonly Option<string?> _user = new("--user") { Description = "Only hits of this user, by the site's own id.", HelpName = "ID" };
    readonly Option<string?> _event = new("--event") { Description = "Only events of this name.", HelpName = "NAME" };
    readonly Option<string?> _path = new("--path") { Description = "Only pages of this path; * stands for anything.", HelpName = "PATH" };
    readonly Option<string?> _outcome = new("--outcome") { Description = "Only what came to this, such as counted, duplicate, bot or refused:do_not_track.", HelpName = "NAME" };
    readonly Option<string?> _text = new("--text") { Description = "Only hits with words that begin so.", HelpName = "WORDS" };
    readonly Option<string?> _from = new("--from") { Description = "Received from this day or time on (UTC).", HelpName = "TIME" };
    readonly Option<string?> _to = new("--to") { Description = "Received up to the end of this day, or before this time (UTC).", HelpName = "TIME" };
    readonly Option<string> _format = new("--format") { Description = "text or json: one line for each hit.", HelpName = "NAME", DefaultValueFactory = _ => "text" };

    public SearchOptions(Command command)
    {
        _format.AcceptOnlyFromAmong("text", "json");
        foreach (var option in (Option[])[_site, _visitor, _user, _event, _path, _outcome, _text, _from, _to, _format])
            command.Options.Add(option);
    }

    public string Site(ParseResult parsed) => parsed.GetValue(_site)!;

    /// <summary>As a question to the server.</summary>
    public string Query(ParseResult parsed, params ReadOnlySpan<(string Name, string? Value)> more)
    {
        (string Name, string? Value)[] all =
        [
            ("visitor", parsed.GetValue(_visitor)), ("user", parsed.GetValue(_user)), ("event", parsed.GetValue(_event)), ("path", parsed.GetValue(_path)),
            ("outcome", parsed.GetValue(_outcome)), ("text", parsed.GetValue(_text)), ("from", parsed.GetValue(_from)), ("to", parsed.GetValue(_to)), .. more,
        ];
        return string.Join('&', all.Where(part => part.Value is not null).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}"));
    }

    /// <summary>One line.</summary>
    public string Text(ParseResult parsed, JsonElement hit)
    {
        if (parsed.GetValue(_format) == "json")
            return hit.GetRawText();
        var (outcome, received) = (hit.GetProperty("outcome").GetString()!, hit.GetProperty("received_at").GetDateTimeOffset());
        var line = FormattableString.Invariant($"{received:yyyy-MM-dd HH:mm:ss.fff}Z  {outcome,-10}");
        if (hit.GetProperty("meaning") is not { ValueKind: JsonValueKind.Object } meaning)
            return line;
        string Of(string name) => meaning.GetProperty(name).GetString() ?? "";
        return $"{line}  {Of("name"),-12} {Of("hostname")}{Of("page")}  {Of("source")} / {Of("medium")}  {Of("country")}  {Of("device")}  visitor {hit.GetProperty("visitor").GetString()}";
    }
}
