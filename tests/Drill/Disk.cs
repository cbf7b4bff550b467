using System.Diagnostics;
using System.Globalization;

namespace Footfall.Drill;

/// <summary>
/// A file system of the drill's own, in a file: it can be filled, break, and stand still without harm to anything else. Making one takes root;
/// without it the drill uses an ordinary folder, and the faults of disks are skipped.
/// </summary>
sealed class Disk : IDisposable
{
    readonly string _home;
    readonly string _image;

    Disk(string home, string image, bool isOwn) => (_home, _image, IsOwn) = (home, image, isOwn);

    /// <summary>Whether it is a file system by itself.</summary>
    public bool IsOwn { get; }

    public string Folder => Path.Combine(_home, "disk");

    public string Data => Path.Combine(Folder, "data");

    string Filler => Path.Combine(Folder, "filler");

    public static Disk Make(long bytes)
    {
        var home = Directory.CreateTempSubdirectory("footfall-drill-").FullName;
        Directory.CreateDirectory(Path.Combine(home, "disk"));
        var image = Path.Combine(home, "image");
        if (!Environment.IsPrivilegedProcess)
            return new Disk(home, image, isOwn: false);
        using (var file = File.Create(image))
            file.SetLength(bytes);
        var isOwn = TryRun("mkfs.ext4", "-q", "-F", "-m", "0", image) && TryRun("mount", "-o", "loop", image, Path.Combine(home, "disk"));
        return new Disk(home, image, isOwn);
    }

    /// <summary>Leaves so many bytes free.</summary>
    public void Fill(long bytesLeft)
    {
        var free = new DriveInfo(Folder).AvailableFreeSpace - bytesLeft;
        if (free > 0)
            Run("fallocate", "-l", free.ToString(CultureInfo.InvariantCulture), Filler);
    }

    public void Free() => File.Delete(Filler);

    /// <summary>What the system does when a disk fails under it: from now on nothing can be written, open files included.</summary>
    public void Break() => Run("mount", "-o", "remount,abort", Folder);

    /// <summary>Mounts it anew, which repairs it. No process may have a file open on it.</summary>
    public void Repair()
    {
        // The system lets go of the files of a process that was just killed in its own time.
        for (var tries = 0; !TryRun("umount", Folder); tries++)
        {
            if (tries == 100)
                throw new InvalidOperationException($"{Folder} cannot be unmounted");
            Thread.Sleep(20);
        }
        Run("mount", "-o", "loop", _image, Folder);
    }

    /// <summary>Every write waits for so long. One process does all of it, so that the end comes whatever becomes of the drill.</summary>
    public Task StallAsync(TimeSpan time) => RunAsync(
        "sh", "-c", string.Create(CultureInfo.InvariantCulture, $"fsfreeze -f '{Folder}' && sleep {time.TotalSeconds:0.0}; fsfreeze -u '{Folder}'"));

    /// <summary>Small writes that must each reach the disk, one after the other, as another program might do them.</summary>
    public async Task CrowdAsync(TimeSpan time)
    {
        var noise = Path.Combine(Folder, "noise");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => RunAsync(
            "timeout", time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture),
            "dd", "if=/dev/zero", $"of={noise}-{writer}", "bs=64k", "count=20000", "oflag=dsync", "status=none")));
        foreach (var file in Directory.GetFiles(Folder, "noise-*"))
            File.Delete(file);
    }

    public void Dispose()
    {
        if (IsOwn && !TryRun("umount", Folder) && !TryRun("umount", "-l", Folder))
            return;
        Directory.Delete(_home, recursive: true);
    }

    static void Run(string program, params string[] arguments)
    {
        if (!TryRun(program, arguments))
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed");
    }

    static bool TryRun(string program, params string[] arguments) => RunAsync(program, arguments).GetAwaiter().GetResult();

    static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false })!;
            var error = process.StandardError.ReadToEndAsync();
            await process.StandardOutput.ReadToEndAsync();
            await error;
            await process.WaitForExitAsync();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
