namespace Footfall.Core.Hits;

/// <summary>The limits of a request and of its fields; documented in the OpenAPI document and named in every refusal.</summary>
public static class HitLimits
{
    public const int EventsPerRequest = 1_000;

    /// <summary>Of the body after decompression, in bytes.</summary>
    public const int BodyBytes = 1024 * 1024;

    public const int Name = 100;
    public const int Url = 4_096;
    public const int Title = 500;
    public const int Id = 128;
    public const int UserId = 256;
    public const int Language = 100;
    public const int Tracker = 40;
    public const int UserAgent = 512;
    public const int PropKeys = 50;
    public const int PropKey = 100;
    public const int PropValue = 2_000;
    public const int Items = 200;
    public const int ItemText = 300;

    /// <summary>One day, in milliseconds.</summary>
    public const int EngagementMs = 86_400_000;

    /// <summary>Of an amount of money, in whole units of the currency, either sign.</summary>
    public const long Amount = 9_000_000_000;
}
