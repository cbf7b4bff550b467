using System.CommandLine;
using System.Text.Json;
using Footfall.Server.Cli.Wire;

namespace Footfall.Server.Cli;

/// <summary>Makes a site.</summary>
sealed class SiteAddCommand : ServerCommand
{
    readonly Argument<string[]> _domains = new("domain") { Description = "The site's domains; the first is its name.", Arity = ArgumentArity.OneOrMore };

    readonly Option<string> _zone = new("--time-zone")
    {
        Description = "The zone of its days, such as Europe/Berlin.",
        HelpName = "ZONE",
        DefaultValueFactory = _ => "UTC",
    };

    readonly Option<string> _currency = new("--currency") { Description = "What its revenue is reported in.", HelpName = "CODE", DefaultValueFactory = _ => "EUR" };

    readonly Option<string[]> _settings = new("--set") { Description = "A setting of the site, as NAME=VALUE; repeat for more than one.", HelpName = "NAME=VALUE" };

    public SiteAddCommand(CliContext context)
        : base(context, "add", "Add a site.",
            "footfall site add example.com --time-zone Europe/Berlin",
            "footfall site add shop.example www.shop.example --currency USD --set visit_timeout_minutes=45")
    {
        Arguments.Add(_domains);
        Options.Add(_zone);
        Options.Add(_currency);
        Options.Add(_settings);
        SetAction(RunAsync);
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var settings = (parsed.GetValue(_settings) ?? []).Select(Setting).ToDictionary(pair => pair.Name, pair => pair.Value);
        var site = new NewSite(parsed.GetValue(_domains)!, parsed.GetValue(_zone)!, parsed.GetValue(_currency)!, settings);
        await using var connection = await ConnectAsync(parsed, create: true, cancellation);
        await Context.Out.WriteLineAsync(SiteCommand.Describe(await connection.Client.AddSiteAsync(site, cancellation)));
        return CommandLine.Ok;
    }

    static (string Name, JsonElement Value) Setting(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
            throw new UserErrorException($"The setting is '{text}', but it must be NAME=VALUE such as visit_timeout_minutes=45.");
        var value = text[(equals + 1)..];
        try
        {
            return (text[..equals], JsonSerializer.Deserialize<JsonElement>(value));
        }
        catch (JsonException)
        {
            // What is no number, true, false or list is a text, so that nobody has to write quotes within quotes.
            return (text[..equals], JsonSerializer.SerializeToElement(value));
        }
    }
}
