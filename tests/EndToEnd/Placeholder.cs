namespace Footfall.EndToEnd;

public sealed class Placeholder
{
    [Fact]
    public void It_runs() => Assert.True(typeof(Placeholder).IsSealed);
}
