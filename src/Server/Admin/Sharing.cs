namespace Footfall.Server.Admin;

/// <summary>What of a route is shown to who has a shared link or an embed token.</summary>
public enum Sharing
{
    None,

    /// <summary>Only to who may see the whole site: the route cannot narrow what it shows.</summary>
    Whole,

    /// <summary>The route narrows what it shows by the view's filters.</summary>
    Narrowed,
}
