namespace Footfall.EndToEnd.Tracking;

/// <summary>What people copy from the page about the tracker is what these tests run.</summary>
public sealed class Documentation
{
    static readonly string Text = File.ReadAllText(Path.Combine(ServerProcess.Root, "docs", "tracker.md"));

    [Fact]
    public void The_line_for_early_events_is_the_one_that_works() => Assert.Contains(Events.Stub, Text, StringComparison.Ordinal);

    [Fact]
    public void Every_piece_and_every_attribute_is_described()
    {
        var pieces = Directory.EnumerateFiles(Path.Combine(ServerProcess.Root, "web", "tracker", "src", "pieces"))
            .Select(file => Path.GetFileNameWithoutExtension(file)).ToList();
        Assert.NotEmpty(pieces);
        Assert.All(pieces, piece => Assert.Contains($"| `{piece}` |", Text, StringComparison.Ordinal));
        Assert.All((string[])["site", "with", "hash", "local", "dnt", "manual", "api"], name => Assert.Contains($"| `data-{name}` |", Text, StringComparison.Ordinal));
    }
}
