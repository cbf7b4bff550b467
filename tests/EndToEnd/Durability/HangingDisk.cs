using System.Diagnostics;
using System.Net;

namespace Footfall.EndToEnd.Durability;

public sealed class HangingDisk
{
    const string Site = "hanging.example";

    /// <summary>Without ids, so that one that was refused and is there all the same would count.</summary>
    const string Event = $$"""{"site":"{{Site}}","url":"https://{{Site}}/"}""";

    /// <summary>Five seconds of the log's, one of its timer, and as much again for a machine that others use.</summary>
    static readonly TimeSpan ToldWithin = TimeSpan.FromSeconds(12);
    static readonly TimeSpan RecoversWithin = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Whoever_waits_is_told_within_seconds_and_what_was_refused_is_not_counted()
    {
        await OnDiskAsync(async (folder, freezeAsync) =>
        {
            await using var server = await FootfallServer.StartAsync(new ServerOptions { Data = Path.Combine(folder, "data") });
            await server.Api.AddSiteAsync(Site);
            var acknowledged = await StatusAsync(server) == HttpStatusCode.Accepted ? 1 : 0;
            await server.Api.SettledLedgerAsync(Site);

            await freezeAsync(true);
            try
            {
                var began = Stopwatch.GetTimestamp();
                Assert.All(await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => StatusAsync(server))), status => Assert.Equal(HttpStatusCode.ServiceUnavailable, status));
                Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, ToldWithin);
                Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(server));
            }
            finally
            {
                await freezeAsync(false);
            }

            using var patience = new CancellationTokenSource(RecoversWithin);
            while (await StatusAsync(server) != HttpStatusCode.Accepted)
                await Task.Delay(200, patience.Token);
            acknowledged++;
            Assert.Equal(acknowledged, (await server.Api.SettledLedgerAsync(Site)).Totals.Accepted);

            // What the disk holds is what the memory said.
            server.Kill();
            await server.StartAgainAsync();
            Assert.Equal(acknowledged, (await server.Api.SettledLedgerAsync(Site)).Totals.Accepted);
        });
    }

    static async Task<HttpStatusCode> StatusAsync(FootfallServer server)
    {
        using var answer = await server.Api.SendAsync(Event);
        if (answer.StatusCode != HttpStatusCode.Accepted)
            Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero, $"{(int)answer.StatusCode} without Retry-After");
        return answer.StatusCode;
    }

    /// <summary>A file system of its own, which the test may stop and let go on.</summary>
    static async Task OnDiskAsync(Func<string, Func<bool, Task>, Task> test)
    {
        var (make, mount, freeze) = (Needs.Program("mkfs.ext4"), Needs.Program("mount"), Needs.Program("fsfreeze"));
        var home = Directory.CreateTempSubdirectory("footfall-hanging-").FullName;
        var (image, folder) = (Path.Combine(home, "image"), Directory.CreateDirectory(Path.Combine(home, "disk")).FullName);
        await using (var file = File.Create(image))
            file.SetLength(320 << 20);
        Needs.That(
            Environment.IsPrivilegedProcess && await Needs.RunAsync(make, "-q", "-F", image) == 0 && await Needs.RunAsync(mount, "-o", "loop", image, folder) == 0,
            "the right to mount a file system");
        try
        {
            await test(folder, async on => Assert.Equal(0, await Needs.RunAsync(freeze, on ? "-f" : "-u", folder)));
        }
        finally
        {
            await Needs.RunAsync(Needs.Program("umount"), folder);
            Directory.Delete(home, recursive: true);
        }
    }
}
