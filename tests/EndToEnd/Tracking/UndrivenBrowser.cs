using System.Diagnostics;

namespace Footfall.EndToEnd.Tracking;

/// <summary>Chromium on a page, and nobody at its controls. Its profile goes with it.</summary>
sealed class UndrivenBrowser : IDisposable
{
    readonly DirectoryInfo _profile = Directory.CreateTempSubdirectory("footfall-profile-");
    readonly Process _process;

    public UndrivenBrowser(string address) => _process = Process.Start(new ProcessStartInfo(
        Needs.Program("chromium"), ["--headless", .. Browser.Flags, $"--user-data-dir={_profile.FullName}", "--remote-debugging-port=0", address])
    {
        UseShellExecute = false,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _profile.Delete(recursive: true);
    }
}
