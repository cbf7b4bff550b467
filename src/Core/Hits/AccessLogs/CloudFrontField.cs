namespace Footfall.Core.Hits.AccessLogs;

/// <summary>The columns of a CloudFront log that an import needs.</summary>
enum CloudFrontField
{
    Other,
    Date,
    Time,
    Address,
    Method,

    /// <summary>The host the visitor asked for.</summary>
    Host,

    /// <summary>The distribution's own host: stands in where the visitor's is not logged.</summary>
    DistributionHost,
    Stem,
    Query,
    Status,
    Referrer,
    UserAgent,
}
