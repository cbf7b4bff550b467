namespace Footfall.Core.Rebuild;

/// <summary>A number that a rebuild changes.</summary>
/// <param name="Site">The site's name.</param>
/// <param name="Dimension">The dimension whose value the row is of; null for a total.</param>
/// <param name="Value">The value of the dimension; null for a total.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Before">The number as it was; null when it was nothing divided by nothing.</param>
/// <param name="After">The number as it is made now.</param>
/// <param name="Share">The change as a share of the site's total of the metric, or of the larger of the two numbers where that is larger: what movers are ordered by. Of a rate or a mean it is as much less as the row has less of the visits.</param>
public sealed record Mover(string Site, string? Dimension, string? Value, string Metric, double? Before, double? After, double Share);
