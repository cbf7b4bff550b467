namespace Footfall.Core.Enrichment;

/// <summary>What the rules of channels look at.</summary>
/// <param name="Kind">What the table of sources says of <paramref name="Source"/>.</param>
/// <param name="IsPaid">Whether the medium is one of paid traffic; several rules ask.</param>
/// <param name="IsShop">Whether the source or the campaign is of shopping.</param>
public readonly record struct ChannelEvidence(
    string Source, string Medium, string Campaign, SourceKind Kind, bool IsPaid, bool IsShop)
{
    public bool HasSource(string source) => Source.Equals(source, StringComparison.OrdinalIgnoreCase);

    public bool HasMedium(string medium) => Medium.Equals(medium, StringComparison.OrdinalIgnoreCase);

    public bool MediumContains(string part) => Medium.Contains(part, StringComparison.OrdinalIgnoreCase);
}
