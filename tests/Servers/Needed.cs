namespace Footfall.Servers;

/// <summary>A test that lacks a server program is skipped on a laptop and fails where CI=true, so that a misconfigured CI is never green.</summary>
static class Needed
{
    /// <summary>What the test runner takes for a wish to skip, at the beginning of an exception's message; benchmarks use this, too, and have no runner.</summary>
    const string Skip = "$XunitDynamicSkip$";

    public static string Program(string name, params ReadOnlySpan<string> folders)
    {
        string[] places = [.. folders, .. (Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin:/sbin").Split(':')];
        return places.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists) ?? throw Missing($"the program {name}");
    }

    /// <summary>The folder of an engine that deploy/unpack-test-engines has unpacked, such as <c>spark-4.2.0</c>.</summary>
    public static string Engine(string name)
    {
        var folder = Path.Combine(EnginesFolder(), name);
        return Directory.Exists(folder) ? folder : throw Missing($"{name}, which deploy/unpack-test-engines unpacks");
    }

    static string EnginesFolder()
    {
        if (Environment.GetEnvironmentVariable("FOOTFALL_ENGINES_CACHE") is { Length: > 0 } named)
            return named;
        if (Environment.IsPrivilegedProcess)
            return "/var/cache/footfall/engines";
        var caches = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } given
            ? given
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return Path.Combine(caches, "footfall", "engines");
    }

    static InvalidOperationException Missing(string what) => new(
        Environment.GetEnvironmentVariable("CI") == "true" ? $"With CI=true this must run, and it needs {what}" : $"{Skip}needs {what}");
}
