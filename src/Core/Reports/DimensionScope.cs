namespace Footfall.Core.Reports;

/// <summary>Whose property a dimension is: one event's, or the whole visit's.</summary>
public enum DimensionScope
{
    Event,
    Visit,
}
