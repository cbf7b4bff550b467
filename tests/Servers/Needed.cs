namespace Footfall.Servers;

/// <summary>A test that lacks a server program is skipped on a laptop and fails where CI=true, so that a misconfigured CI is never green.</summary>
static class Needed
{
    /// <summary>What the test runner takes for a wish to skip, at the beginning of an exception's message; benchmarks use this, too, and have no runner.</summary>
    const string Skip = "$XunitDynamicSkip$";

    public static string Program(string name, params ReadOnlySpan<string> folders)
    {
        string[] places = [.. folders, .. (Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin:/sbin").Split(':')];
        return places.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists) ?? throw new InvalidOperationException(
            Environment.GetEnvironmentVariable("CI") == "true" ? $"With CI=true this must run, and it needs the program {name}" : $"{Skip}needs the program {name}");
    }
}
