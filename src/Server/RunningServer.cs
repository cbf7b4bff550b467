using Footfall.Core.Accounts;
using Footfall.Core.Archive;
using Footfall.Core.HitLog;
using Footfall.Core.Pipeline;
using Footfall.Server.Admin;
using Footfall.Server.Cli;
using Footfall.Server.People;
using Footfall.Server.Settings;
using Microsoft.AspNetCore.Connections;

namespace Footfall.Server;

/// <summary>A server in this process, from the lock on its data folder to the file that tells commands where it is.</summary>
public sealed class RunningServer : IRunningServer
{
    static readonly TimeSpan ReadersPause = TimeSpan.FromSeconds(1);

    readonly DataFolder _folder;
    readonly WebApplication _app;

    RunningServer(DataFolder folder, WebApplication app, Uri address, string token) =>
        (_folder, _app, Address, Token, Stopped) = (folder, app, address, token, app.WaitForShutdownAsync());

    public Uri Address { get; }

    public string Token { get; }

    public Task Stopped { get; }

    /// <summary>Starts everything and completes once it answers.</summary>
    public static async Task<IRunningServer> StartAsync(FootfallSettings settings, CancellationToken cancellation)
    {
        var folder = DataFolder.Take(settings.Data);
        WebApplication? app = null;
        try
        {
            DataFolderUpgrade.Run(folder, Composition.Migrations, TimeProvider.System, Console.Error.WriteLine);
            app = Composition.Build(settings, folder, TimeProvider.System);
            var token = Secrets.New("ff_");
            AcceptKeys(app.Services, settings, token);
            await KeepLogAsync(app.Services, cancellation);
            await ListenAsync(app, settings, cancellation);
            var address = new Uri(app.Urls.First());
            new ServerFile(address.GetLeftPart(UriPartial.Authority), token, Environment.ProcessId).Write(folder.Path);
            return new RunningServer(folder, app, address, token);
        }
        catch
        {
            if (app is not null)
                await app.DisposeAsync();
            folder.Dispose();
            throw;
        }
    }

    public string? MakeFirstKey()
    {
        var grants = _app.Services.GetRequiredService<IGrants>();
        if (grants.Keys(Account.First).Count > 0 || _app.Services.GetRequiredService<FootfallSettings>().ApiKey is not null)
            return null;
        var secret = Secrets.New("ff_");
        grants.AddKey(
            Account.First, secret[..8], "first key", ApiScopes.All, Secrets.HashOf(secret), _app.Services.GetRequiredService<TimeProvider>().GetUtcNow());
        return secret;
    }

    public Uri? MakeSignUpLink() => _app.Services.GetRequiredService<EntryLinks>().ForSignUp() is { } link ? new Uri(Address, link) : null;

    public Uri MakeDemoLink(string page) => new(Address, _app.Services.GetRequiredService<EntryLinks>().ForDemo(page));

    public async ValueTask DisposeAsync()
    {
        await DrainAsync();
        ServerFile.Delete(_folder.Path);
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Says that it is not ready while it still answers, for as long as balancers need to notice.</summary>
    async Task DrainAsync()
    {
        _app.Services.GetRequiredService<Draining>().Begin();
        await Task.Delay(TimeSpan.FromSeconds(_app.Services.GetRequiredService<FootfallSettings>().DrainSeconds));
    }

    static async Task ListenAsync(WebApplication app, FootfallSettings settings, CancellationToken cancellation)
    {
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException)
        {
            throw new UserErrorException($"The address {settings.Listen} is in use by another program; choose another one with --listen.", taken);
        }
    }

    static void AcceptKeys(IServiceProvider services, FootfallSettings settings, string token)
    {
        var keys = services.GetRequiredService<KeyRing>();
        keys.Accept(token);
        if (settings.ApiKey is { } given)
            keys.Accept(given);
    }

    /// <summary>Before anything is read: the log must keep what the archive or the warehouse does not have, also in a process that archives nothing.</summary>
    static async Task KeepLogAsync(IServiceProvider services, CancellationToken cancellation)
    {
        if (services.GetRequiredService<IHitLog>().Unavailable is null)
            await RegisterReadersAsync(services, cancellation);
        else
            _ = RegisterReadersLaterAsync(services, services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
    }

    /// <summary>A queue that is away deletes nothing, and hears of its readers as soon as it is there: long before anything can be sealed and released.</summary>
    static async Task RegisterReadersLaterAsync(IServiceProvider services, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await RegisterReadersAsync(services, stopping);
                return;
            }
            catch (Exception away) when (away is HitLogUnavailableException or OperationCanceledException)
            {
                await Task.Delay(ReadersPause, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    static async Task RegisterReadersAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var log = services.GetRequiredService<IHitLog>();
        foreach (var partition in services.GetRequiredService<LogReach>().Partitions)
        {
            await log.ReleaseAsync(Processor.ReaderName, new LogPosition(partition, 0), cancellation);
            await log.ReleaseAsync(Archiver.ReaderName, new LogPosition(partition, 0), cancellation);
        }
    }
}
