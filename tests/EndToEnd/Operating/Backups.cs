using System.Globalization;

namespace Footfall.EndToEnd.Operating;

public sealed class Backups : IDisposable
{
    const string Site = "kept.example";

    readonly string _folder = Directory.CreateTempSubdirectory("footfall-backup-").FullName;

    string Kept => Path.Combine(_folder, "kept");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_backup_made_under_load_holds_what_was_acknowledged_before_it_and_restores_to_the_same_numbers()
    {
        await using var server = await FootfallServer.StartAsync();
        await server.Api.AddSiteAsync(Site);
        var before = new HashSet<int>();
        await Sent.SinglyAsync(server.Api, Site, Enumerable.Range(0, 500), before);
        var during = new HashSet<int>();
        var load = Sent.SinglyAsync(server.Api, Site, Enumerable.Range(500, 4_000), during);
        var (code, said, error) = await BackupAsync("create", Kept, "--data", server.Data);
        Assert.True(code == 0, error);
        Assert.StartsWith("Backup ", said, StringComparison.Ordinal);
        await load;

        (code, said, error) = await BackupAsync("verify", Kept);
        Assert.True(code == 0, said + error);
        Assert.Contains("the same as when the backup was made", said, StringComparison.Ordinal);

        var restored = Path.Combine(_folder, "restored");
        (code, said, error) = await BackupAsync("restore", Kept, "--to", restored);
        Assert.True(code == 0, said + error);
        await using var second = await FootfallServer.StartAsync(new ServerOptions { Data = restored });
        var counted = await Sent.CountedAsync(second.Api, Site);
        Sent.AssertExactlyOnce(counted, before);
        Assert.All(counted.Keys, page => Assert.Contains(NumberOf(page), before.Union(during)));
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"{counted.Count:N0} hits"), said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_damaged_or_missing_file_of_a_backup_is_named_and_a_damaged_one_is_not_restored()
    {
        await MakeAsync();
        var files = Directory.GetFiles(Kept, "*", SearchOption.AllDirectories).Where(file => !file.Contains("manifest", StringComparison.Ordinal) && new FileInfo(file).Length > 0).ToList();
        Assert.Contains(files, file => file.EndsWith("catalog.db", StringComparison.Ordinal));
        Assert.Contains(files, file => file.EndsWith(".hits", StringComparison.Ordinal));
        foreach (var file in files)
        {
            var bytes = await File.ReadAllBytesAsync(file);
            bytes[bytes.Length / 2] ^= 1;
            await File.WriteAllBytesAsync(file, bytes);
            var (code, said, error) = await BackupAsync("verify", Kept);
            Assert.True(code == 1, said);
            Assert.Contains(file + " is damaged", error, StringComparison.Ordinal);
            (code, _, error) = await BackupAsync("restore", Kept, "--to", Path.Combine(_folder, "never"));
            Assert.Equal(2, code);
            Assert.Contains(file + " is damaged", error, StringComparison.Ordinal);
            Assert.False(Directory.Exists(Path.Combine(_folder, "never")));
            bytes[bytes.Length / 2] ^= 1;
            await File.WriteAllBytesAsync(file, bytes);
        }
        File.Delete(files[0]);
        Assert.Contains(files[0] + " is missing", (await BackupAsync("verify", Kept)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_manifest_is_told()
    {
        await MakeAsync();
        var manifest = Directory.GetFiles(Kept, "manifest.json", SearchOption.AllDirectories).Single();
        await File.WriteAllTextAsync(manifest, (await File.ReadAllTextAsync(manifest)).Replace("\"position\": ", "\"position\": 1", StringComparison.Ordinal));
        var (code, _, error) = await BackupAsync("verify", Kept);
        Assert.Equal(2, code);
        Assert.Contains(manifest + " is damaged", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restore_to_a_time_holds_what_was_received_until_then()
    {
        await using var server = await FootfallServer.StartAsync();
        await server.Api.AddSiteAsync(Site);
        (await Sent.BatchAsync(server.Api, Site, Enumerable.Range(0, 30))).EnsureSuccessStatusCode().Dispose();
        await Task.Delay(20);
        var between = TimeProvider.System.GetUtcNow();
        await Task.Delay(20);
        (await Sent.BatchAsync(server.Api, Site, Enumerable.Range(30, 50))).EnsureSuccessStatusCode().Dispose();
        Assert.Equal(0, (await BackupAsync("create", Kept, "--data", server.Data)).ExitCode);

        var restored = Path.Combine(_folder, "restored");
        var (code, said, error) = await BackupAsync("restore", Kept, "--to", restored, "--at", between.ToString("O", CultureInfo.InvariantCulture));
        Assert.True(code == 0, error);
        Assert.Contains(": 30 hits", said, StringComparison.Ordinal);
        await using var second = await FootfallServer.StartAsync(new ServerOptions { Data = restored });
        Sent.AssertExactlyOnce(await Sent.CountedAsync(second.Api, Site), [.. Enumerable.Range(0, 30)]);
        // The log goes on where it was cut.
        (await Sent.BatchAsync(second.Api, Site, Enumerable.Range(30, 5))).EnsureSuccessStatusCode().Dispose();
        Assert.Equal(35, (await Sent.CountedAsync(second.Api, Site)).Count);
    }

    [Fact]
    public async Task A_backup_is_not_made_of_another_machine_nor_restored_over_anything()
    {
        await MakeAsync();
        Directory.CreateDirectory(Path.Combine(_folder, "full"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "full", "mine"), "mine");
        var (code, _, error) = await BackupAsync("restore", Kept, "--to", Path.Combine(_folder, "full"));
        Assert.Equal(2, code);
        Assert.Contains("is not empty", error, StringComparison.Ordinal);
        Assert.Equal(2, (await BackupAsync("create", Kept, "--server", "http://127.0.0.1:1")).ExitCode);
        Assert.Equal(2, (await BackupAsync("verify", Path.Combine(_folder, "nothing"))).ExitCode);
        Assert.Equal(2, (await BackupAsync("restore", Kept, "--to", Path.Combine(_folder, "x"), "--at", "yesterday")).ExitCode);
    }

    /// <summary>A backup of fifty page views, made without a server that runs.</summary>
    async Task MakeAsync()
    {
        var data = Path.Combine(_folder, "data");
        await using (var server = await FootfallServer.StartAsync(new ServerOptions { Data = data }))
        {
            await server.Api.AddSiteAsync(Site);
            (await Sent.BatchAsync(server.Api, Site, Enumerable.Range(0, 50))).EnsureSuccessStatusCode().Dispose();
        }
        var (code, said, error) = await BackupAsync("create", Kept, "--data", data);
        Assert.True(code == 0, said + error);
        Assert.Contains("50 hits", said, StringComparison.Ordinal);
    }

    static Task<(int ExitCode, string Output, string Error)> BackupAsync(params string[] arguments) =>
        ServerProcess.RunAsync(new ServerOptions(), ["backup", .. arguments]);

    static int NumberOf(string page) => int.Parse(page["/e/".Length..], CultureInfo.InvariantCulture);
}
