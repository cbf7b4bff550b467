namespace Footfall.Adapters.EmbeddedLog;

public enum HitLogNoticeKind
{
    /// <summary>An append that never finished was cut off the end of the log; nobody was told that it was durable.</summary>
    TornTailCut,

    /// <summary>Bytes below the end of the log fail their checksum. They are kept; a reader that comes to them is told.</summary>
    Damage,

    /// <summary>Appends are refused from now on.</summary>
    Unavailable,

    /// <summary>Appends are accepted again.</summary>
    Resumed,
}
