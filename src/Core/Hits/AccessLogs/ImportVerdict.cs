namespace Footfall.Core.Hits.AccessLogs;

/// <summary>What a logged request is for an import. Everything after <see cref="Download"/> is left out and counted under its name.</summary>
public enum ImportVerdict
{
    PageView,
    Download,

    /// <summary>A style sheet, script, image, font: part of a page, not a page.</summary>
    Asset,

    /// <summary>A news feed or a site map, read by programs.</summary>
    Feed,

    /// <summary>robots.txt, icons and what else browsers and crawlers ask for by themselves.</summary>
    Housekeeping,

    /// <summary>3xx but 304: the browser's next request is the one that counts.</summary>
    Redirect,

    /// <summary>4xx, 5xx, or no answer at all.</summary>
    Error,

    /// <summary>206: a further piece of a file, of which one visitor asks for many.</summary>
    Partial,

    /// <summary>A request line that holds no path.</summary>
    NoPath,

    /// <summary>Anything but GET.</summary>
    OtherMethod,

    /// <summary>Another host than one of the site's domains, in a log of many hosts.</summary>
    OtherHost,
}
