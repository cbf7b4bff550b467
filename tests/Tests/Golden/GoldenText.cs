using System.Runtime.CompilerServices;

namespace Footfall.Tests.Golden;

/// <summary>Compares text with a file beside the tests. FOOTFALL_UPDATE_GOLDEN=1 writes the file instead; read the difference before committing it.</summary>
static class GoldenText
{
    public static void Check(string name, string text, [CallerFilePath] string caller = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(caller)!, name);
        if (Environment.GetEnvironmentVariable("FOOTFALL_UPDATE_GOLDEN") == "1")
            File.WriteAllText(path, text);
        Assert.Equal(File.ReadAllText(path), text);
    }
}
