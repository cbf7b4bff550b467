namespace Footfall.Server.Rebuild;

/// <summary>What one version of logic and rules has made.</summary>
/// <param name="Version">The logic and the versions of all rules.</param>
/// <param name="Current">Whether it is what makes new numbers.</param>
/// <param name="Sites">How many sites have days that it made.</param>
/// <param name="From">The first such day.</param>
/// <param name="To">The last one.</param>
sealed record MadeByDocument(string Version, bool Current, int Sites, DateOnly From, DateOnly To);
