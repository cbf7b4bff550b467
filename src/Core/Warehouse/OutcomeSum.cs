namespace Footfall.Core.Warehouse;

/// <summary>How many hits of a site ever came to an outcome.</summary>
public readonly record struct OutcomeSum(int Site, string Outcome, long Hits);
