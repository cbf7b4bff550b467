using Footfall.Tests.Tidy;

namespace Footfall.Tests.Golden;

/// <summary>Compares text with a file beside the tests. FOOTFALL_UPDATE_GOLDEN=1 writes the file instead; read the difference before committing it.</summary>
static class GoldenText
{
    public static void Check(string name, string text)
    {
        var path = Path.Combine(Repository.Root, "tests", "Tests", "Golden", name);
        if (Environment.GetEnvironmentVariable("FOOTFALL_UPDATE_GOLDEN") == "1")
            File.WriteAllText(path, text);
        Assert.Equal(File.ReadAllText(path), text);
    }
}
