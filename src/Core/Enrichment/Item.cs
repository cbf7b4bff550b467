namespace Footfall.Core.Enrichment;

/// <summary>One line of an order or a product list.</summary>
/// <param name="PriceMicros">Millionths of the event's currency for one piece; null when not sent.</param>
public sealed record Item(string Id, string Name, string? Brand, string? Category, string? Variant, long? PriceMicros, int Quantity);
