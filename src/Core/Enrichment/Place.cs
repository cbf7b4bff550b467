namespace Footfall.Core.Enrichment;

/// <summary>A place: ISO 3166-1 alpha-2 country code, names of region and city.</summary>
public sealed record Place(string Country, string Region, string City)
{
    public static readonly Place Unknown = new(Labels.Unknown, Labels.Unknown, Labels.Unknown);
}
