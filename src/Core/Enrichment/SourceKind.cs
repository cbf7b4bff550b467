namespace Footfall.Core.Enrichment;

/// <summary>What a known source is, as the table of sources and the rules of channels name it.</summary>
public enum SourceKind
{
    /// <summary>Nothing the table knows, or a part of a known source that is not what the rest is: docs.google.com is no search.</summary>
    Other,
    Search,
    Social,
    Video,
    Shopping,
    Assistant,
    Email,
}
