namespace Footfall.EndToEnd.Browsing;

/// <summary>What a person's browser looks like to a page.</summary>
public sealed record BrowserLook
{
    public static readonly BrowserLook Desktop = new();

    public static readonly BrowserLook Dark = new() { IsDark = true };

    public static readonly BrowserLook Phone = new() { Width = 390, Height = 844, IsPhone = true, Agent = Browsers.Phone };

    public int Width { get; init; } = 1280;

    public int Height { get; init; } = 800;

    public bool IsDark { get; init; }

    /// <summary>Touches instead of a mouse, and a viewport as phones have.</summary>
    public bool IsPhone { get; init; }

    public bool HasScripts { get; init; } = true;

    public string Locale { get; init; } = "en-GB";

    public string TimeZone { get; init; } = "UTC";

    /// <summary>
    /// The browser's own would name it headless, and Footfall would take it for a bot. Any but the desktop's is forgotten by requests that
    /// outlive their page: those still name the desktop's.
    /// </summary>
    public string Agent { get; init; } = Browsers.Desktop;

    /// <summary>Sent with every request, such as <c>Sec-GPC</c>.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}
