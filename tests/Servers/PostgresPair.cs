namespace Footfall.Servers;

/// <summary>A primary and the standby that streams from it; a commit that asks for it waits until the standby has applied it.</summary>
public sealed class PostgresPair : IAsyncDisposable
{
    const string StandbyName = "standby";

    PostgresPair(PostgresNode primary, PostgresNode standby) => (Primary, Standby) = (primary, standby);

    public PostgresNode Primary { get; }

    public PostgresNode Standby { get; }

    public static async Task<PostgresPair> StartAsync(bool isDurable = false)
    {
        var primary = await PostgresNode.MakeAsync(isDurable);
        try
        {
            var standby = await primary.MakeStandbyAsync(StandbyName);
            await primary.ConfigureAsync($"synchronous_standby_names = '{StandbyName}'\nsynchronous_commit = remote_apply");
            await primary.ReloadAsync();
            return new PostgresPair(primary, standby);
        }
        catch
        {
            await primary.DisposeAsync();
            throw;
        }
    }

    /// <summary>Where a database of the two is found, primary first.</summary>
    public string To(string database) => $"Host=127.0.0.1:{Primary.Port},127.0.0.1:{Standby.Port};Username={PostgresNode.User};Database={database}";

    public async ValueTask DisposeAsync()
    {
        await Standby.DisposeAsync();
        await Primary.DisposeAsync();
    }
}
