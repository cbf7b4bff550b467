namespace Footfall.Tests;

/// <summary>A test that lacks what it needs is skipped on a laptop and fails where CI=true, so that a misconfigured CI is never green.</summary>
static class Needs
{
    public static string Program(string path, string package)
    {
        if (File.Exists(path))
            return path;
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail($"With CI=true this must run, and it needs {path} of the package {package}");
        else
            Assert.Skip($"needs {path} of the package {package}");
        return path;
    }
}
