namespace Footfall.Core.Enrichment;

/// <summary>What a visit was made with. Versions are major versions for browsers ("128") and major.minor for systems ("17.4").</summary>
/// <param name="Class">One of desktop, mobile, tablet, tv, console, wearable, or (unknown).</param>
public sealed record Device(string Browser, string BrowserVersion, string Os, string OsVersion, string Class)
{
    public static readonly Device Unknown = new(Labels.Unknown, "", Labels.Unknown, "", Labels.Unknown);
}
