namespace Footfall.Server.Cli;

/// <summary>Runs the server until it is told to stop.</summary>
sealed class ServeCommand : FootfallCommand
{
    public ServeCommand(CliContext context)
        : base("serve", "Run the server: take in events, work them off, answer reports.",
            "footfall serve",
            "footfall serve --listen 0.0.0.0:8080 --data /var/lib/footfall --trusted-proxy 10.0.0.0/8")
    {
        var settings = new SettingsOptions(this);
        SetAction(async (parsed, cancellation) =>
        {
            var effective = settings.Load(parsed, context);
            foreach (var warning in effective.Warnings)
                await context.Error.WriteLineAsync(warning);
            await using var server = await context.StartServer(effective.Values, cancellation);
            if (server.MakeFirstKey() is { } key)
                await context.Out.WriteLineAsync($"The API key, shown only now: {key}");
            if (server.MakeSignUpLink() is { } signUp)
                await context.Out.WriteLineAsync($"Sign up as the owner, once: {signUp}");
            await context.Out.WriteLineAsync($"Footfall answers at {server.Address} and keeps its data in {Path.GetFullPath(effective.Values.Data)}.");
            await server.Stopped.WaitAsync(cancellation);
            return CommandLine.Ok;
        });
    }
}
