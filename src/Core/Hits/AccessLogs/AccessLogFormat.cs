namespace Footfall.Core.Hits.AccessLogs;

/// <summary>How the lines of a file are written.</summary>
public enum AccessLogFormat
{
    /// <summary>Apache's and nginx's common and combined formats, with or without a virtual host in front.</summary>
    Combined,

    /// <summary>Caddy's JSON lines.</summary>
    Caddy,

    /// <summary>CloudFront's tab-separated standard logs, which name their fields in a header.</summary>
    CloudFront,

    /// <summary>Footfall's own events, one JSON object a line.</summary>
    Native,
}
