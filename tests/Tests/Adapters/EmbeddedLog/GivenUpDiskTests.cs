using System.Diagnostics;
using Footfall.Adapters.EmbeddedLog;
using Footfall.Core.HitLog;

namespace Footfall.Tests.Adapters.EmbeddedLog;

/// <summary>A file system that gives up in the midst of a sync, on a real one: it may say that all is well, and have forgotten it when it is mounted again.</summary>
public sealed class GivenUpDiskTests
{
    const int Rounds = 20;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_acknowledged_while_the_file_system_gave_up_is_there_when_it_is_mounted_again()
    {
        await using LoopDisk disk = await LoopDisk.MountAsync();
        int acknowledged = 0;
        for (int round = 0; round < Rounds; round++)
        {
            var options = new SegmentHitLogOptions { Folder = Path.Combine(disk.Folder, $"log-{round}"), FreeBytesFloor = 0 };
            LogPosition end = await AppendUntilUnavailableAsync(options, disk);
            await disk.MountAgainAsync();
            await using SegmentHitLog again = SegmentHitLog.Open(options);
            Assert.True(again.End(0).Offset >= end.Offset, $"In round {round} records were acknowledged up to {end.Offset}, and the log ends at {again.End(0).Offset}.");
            acknowledged += (await LogFolder.ReadPastDamageAsync(again, Stop)).Records.Count;
        }

        Assert.True(acknowledged > Rounds, $"{acknowledged} records are too few to show anything.");
    }

    /// <returns>The end of the last record that was acknowledged.</returns>
    static async Task<LogPosition> AppendUntilUnavailableAsync(SegmentHitLogOptions options, LoopDisk disk)
    {
        await using SegmentHitLog log = SegmentHitLog.Open(options);
        LogPosition end = log.End(0);
        Task givesUp = Task.Delay(Random.Shared.Next(20, 80), Stop).ContinueWith(_ => disk.GiveUpAsync(), Stop, TaskContinuationOptions.None, TaskScheduler.Default).Unwrap();
        try
        {
            while (true)
            {
                end = await log.AppendAsync(0, RandomRecord(), Stop);
            }
        }
        catch (HitLogUnavailableException)
        {
            await givesUp;
        }

        return end;
    }

    static byte[] RandomRecord()
    {
        byte[] record = new byte[Random.Shared.Next(2_000, 60_000)];
        Random.Shared.NextBytes(record);
        return record;
    }

    /// <summary>An ext4 file system in a file.</summary>
    sealed class LoopDisk : IAsyncDisposable
    {
        const long Bytes = 512L << 20;

        readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("footfall-disk-");

        public string Folder => Path.Combine(_parent.FullName, "disk");

        string Image => Path.Combine(_parent.FullName, "image");

        public static async Task<LoopDisk> MountAsync()
        {
            var disk = new LoopDisk();
            Directory.CreateDirectory(disk.Folder);
            await using (FileStream image = File.Create(disk.Image))
            {
                image.SetLength(Bytes);
            }

            if (!OperatingSystem.IsLinux() || !await RunAsync("mkfs.ext4", "-q", "-F", disk.Image) || !await RunAsync("mount", "-o", "loop", disk.Image, disk.Folder))
            {
                disk._parent.Delete(recursive: true);
                Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", "Mounting a file system in a file needs root.");
                Assert.Fail("A file system in a file could not be mounted.");
            }

            return disk;
        }

        /// <summary>What the system does when a disk fails under it. Its answer is of no interest: that the log notices is what is waited for.</summary>
        public Task<bool> GiveUpAsync() => RunAsync("mount", "-o", "remount,abort", Folder);

        public async Task MountAgainAsync()
        {
            Assert.True(await RunAsync("umount", Folder));
            Assert.True(await RunAsync("mount", "-o", "loop", Image, Folder));
        }

        public async ValueTask DisposeAsync()
        {
            if (!await RunAsync("umount", Folder))
            {
                await RunAsync("umount", "-l", Folder);
            }

            _parent.Delete(recursive: true);
        }

        static async Task<bool> RunAsync(string program, params string[] arguments)
        {
            try
            {
                using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
                await process.WaitForExitAsync(CancellationToken.None);
                return process.ExitCode == 0;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return false;
            }
        }
    }
}
