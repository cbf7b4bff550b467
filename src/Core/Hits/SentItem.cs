namespace Footfall.Core.Hits;

/// <summary>One line of an order or a product list, as sent.</summary>
/// <param name="PriceMicros">Millionths of the event's currency for one piece; null when not sent.</param>
public sealed record SentItem(string Id, string Name, string? Brand, string? Category, string? Variant, long? PriceMicros, int Quantity);
