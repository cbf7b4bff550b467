namespace Footfall.Servers;

/// <summary>A test that lacks a server program is skipped on a laptop and fails where CI=true, so that a misconfigured CI is never green.</summary>
static class Needed
{
    public static string Program(string name, params ReadOnlySpan<string> folders)
    {
        string[] places = [.. folders, .. (Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin:/sbin").Split(':')];
        if (places.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists) is { } found)
            return found;
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail($"With CI=true this must run, and it needs the program {name}");
        Assert.Skip($"needs the program {name}");
        return name;
    }
}
