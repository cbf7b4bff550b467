using System.CommandLine;

namespace Footfall.Server.Cli;

/// <summary>Lets a member in who has lost the password or the second factor.</summary>
sealed class LoginLinkCommand : ServerCommand
{
    readonly Argument<string> _email = new("email") { Description = "The member's address.", HelpName = "EMAIL" };

    public LoginLinkCommand(CliContext context)
        : base(context, "login-link", "Make a link that signs a member in once, within half an hour.", "footfall login-link ada@example.com")
    {
        Arguments.Add(_email);
        SetAction(RunAsync);
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        await using var connection = await ConnectAsync(parsed, create: false, cancellation);
        if (connection.IsOwn)
            throw new UserErrorException("No server runs on the data folder, so a link would lead nowhere; start it with 'footfall serve' first.");
        var address = await connection.Client.LoginLinkAsync(parsed.GetValue(_email)!, cancellation);
        await Context.Out.WriteLineAsync(new Uri(connection.Client.Address, address).ToString());
        return CommandLine.Ok;
    }
}
