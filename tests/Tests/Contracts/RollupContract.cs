namespace Footfall.Tests.Contracts;

/// <summary>
/// Rollups are off by default until the contract of report engines has been passed whole with them in front. It takes long, and is run by whoever
/// works on them.
/// </summary>
static class RollupContract
{
    public static void RunsWhereAskedFor() => Assert.SkipUnless(
        Environment.GetEnvironmentVariable("FOOTFALL_ROLLUPS") == "true",
        "rollups are off by default, and this has not been passed whole with them yet; FOOTFALL_ROLLUPS=true runs it");
}
