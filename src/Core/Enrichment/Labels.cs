namespace Footfall.Core.Enrichment;

/// <summary>The words shown where a value is missing; the same in every report and engine.</summary>
public static class Labels
{
    /// <summary>It could not be found out: no geography file, an agent nobody knows.</summary>
    public const string Unknown = "(unknown)";

    /// <summary>It was not sent.</summary>
    public const string NotSet = "(not set)";

    /// <summary>The source of a visit without a referrer and without campaign parameters.</summary>
    public const string Direct = "(direct)";

    /// <summary>The medium of a direct visit.</summary>
    public const string None = "(none)";
}
