namespace Footfall.Core.Enrichment;

/// <summary>Classes of screen widths in CSS pixels, cut where the common layout grids cut.</summary>
public static class ScreenClasses
{
    /// <summary>The class of a width; (unknown) for zero and less.</summary>
    public static string Of(int width) => width switch
    {
        <= 0 => Labels.Unknown,
        < 576 => "xs",
        < 768 => "sm",
        < 992 => "md",
        < 1440 => "lg",
        _ => "xl",
    };
}
