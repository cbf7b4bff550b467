using System.CommandLine;
using Footfall.Server.Settings;

namespace Footfall.Server.Cli;

/// <summary>A command that talks to a server.</summary>
abstract class ServerCommand : FootfallCommand
{
    readonly Option<string?> _server = new("--server")
    {
        Description = "The address of a server elsewhere, with its key in FOOTFALL_API_KEY; by default the one of the data folder.",
        HelpName = "URL",
    };

    readonly SettingsOptions _settings;

    protected ServerCommand(CliContext context, string name, string description, params string[] examples)
        : base(name, description, examples)
    {
        Context = context;
        Options.Add(_server);
        _settings = new SettingsOptions(this, "data");
    }

    protected CliContext Context { get; }

    protected FootfallSettings Settings(ParseResult parsed) => _settings.Load(parsed, Context).Values;

    protected string? Server(ParseResult parsed) => parsed.GetValue(_server);

    protected Task<ServerConnection> ConnectAsync(ParseResult parsed, bool create, CancellationToken cancellation) =>
        ServerConnection.OpenAsync(Context, Settings(parsed), Server(parsed), create, cancellation);

    protected static async Task<Wire.SiteAnswer> SiteAsync(FootfallClient client, string name, CancellationToken cancellation) =>
        await client.FindSiteAsync(name, cancellation)
            ?? throw new UserErrorException($"There is no site '{name}' on the server at {client.Address}; 'footfall site add {name}' makes it.");
}
