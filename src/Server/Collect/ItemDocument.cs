namespace Footfall.Server.Collect;

/// <summary>One line of an order or product list, as sent.</summary>
sealed record ItemDocument(string? Id, string? Name, string? Brand, string? Category, string? Variant, decimal? Price, int? Quantity);
