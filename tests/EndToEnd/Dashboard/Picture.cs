namespace Footfall.EndToEnd.Dashboard;

/// <summary>A picture that documents show. It is taken anew with FOOTFALL_UPDATE_DOCS=1, and is else only held to be there and small.</summary>
static class Picture
{
    const int MostBytes = 250_000;

    /// <param name="take">Writes it to a file.</param>
    public static async Task HoldAsync(string name, Func<string, Task> take)
    {
        var file = new FileInfo(Path.Combine(ServerProcess.Root, "docs", "images", name + ".png"));
        if (Environment.GetEnvironmentVariable("FOOTFALL_UPDATE_DOCS") == "1")
        {
            file.Directory!.Create();
            await take(file.FullName);
            file.Refresh();
        }
        Assert.True(file.Exists, $"{file.FullName} is missing: take it with FOOTFALL_UPDATE_DOCS=1.");
        Assert.InRange(file.Length, 1, MostBytes);
    }
}
