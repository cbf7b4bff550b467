namespace Footfall.Core.Rebuild;

/// <summary>A stretch of a site's history: the visits that begin in it.</summary>
/// <param name="From">Milliseconds, inclusive.</param>
/// <param name="To">Milliseconds, exclusive.</param>
public readonly record struct SiteSpan(int Site, long From, long To);
