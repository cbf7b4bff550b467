using System.Diagnostics;

namespace Footfall.EndToEnd;

/// <summary>A test that lacks what it needs is skipped on a laptop and fails where CI=true, so that a misconfigured CI is never green.</summary>
static class Needs
{
    public static void That(bool isThere, string what)
    {
        if (isThere)
            return;
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail("With CI=true this must run, and it needs " + what);
        else
            Assert.Skip("needs " + what);
    }

    public static string Program(string name)
    {
        var found = (Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin:/sbin").Split(':')
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        That(found is not null, $"the program {name}");
        return found!;
    }

    /// <summary>Debian's Chromium. Its pages' last words are part of the test's output, which the runner shows when the test fails.</summary>
    public static Task<Browser> BrowserAsync(bool remembersPages = false, params IEnumerable<string> flags)
    {
        var test = TestContext.Current;
        var story = string.Concat((test.Test?.TestDisplayName ?? "browser").Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.'));
        return Browser.StartAsync(Program("chromium"), story, line => test.TestOutputHelper?.WriteLine(line), remembersPages, flags);
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
